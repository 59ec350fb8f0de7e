import { minimizeRow } from '../lbfgs.ts'

export default minimizeRow(2, 8)
