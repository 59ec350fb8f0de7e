import { matmulRow } from '../contraction.ts'

export default matmulRow(256, 'complex128', 0.8)
