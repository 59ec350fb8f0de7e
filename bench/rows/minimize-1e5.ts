import { minimizeRow } from '../lbfgs.ts'

export default minimizeRow(1e5, 1.2, 20)
