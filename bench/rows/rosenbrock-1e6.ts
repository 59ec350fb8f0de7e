import { rosenbrockRow } from '../rosenbrock.ts'

export default rosenbrockRow(1e6, 1.1)
