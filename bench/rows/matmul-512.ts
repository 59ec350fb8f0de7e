import { matmulRow } from '../contraction.ts'

export default matmulRow(512, 'float64', 0.25)
