import { matmulSizeRow } from '../contraction.ts'

export default matmulSizeRow(513, 512, 1.1)
