import { growthRow } from '../sines.ts'

export default growthRow(10_000, 100_000, 12)
