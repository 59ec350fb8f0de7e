// Run without permission to generate code: prints the results of all programs.
import { encode } from './programs.ts'

console.log(JSON.stringify(encode()))
