import { minimizeRow } from '../lbfgs.ts'

export default minimizeRow(100, 1.5)
