import { growthRow } from '../sines.ts'

export default growthRow(1000, 10_000, 20)
