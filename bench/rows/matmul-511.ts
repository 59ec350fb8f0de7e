import { matmulSizeRow } from '../contraction.ts'

export default matmulSizeRow(511, 512, 1.1)
