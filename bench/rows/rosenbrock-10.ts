import { rosenbrockRow } from '../rosenbrock.ts'

export default rosenbrockRow(10, 3)
