import { rosenbrockRow } from '../rosenbrock.ts'

export default rosenbrockRow(1000, 1.2)
