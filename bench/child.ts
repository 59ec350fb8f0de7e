// Measures the one row that its argument names, in this process alone, and sends the result to the parent.
import { pairedRatios } from './paired.ts'
import type { Row } from './row.ts'

const path = process.argv[2]
if (path === undefined || process.send === undefined) throw new Error('started by bench/main.ts with the path of a row')
// A dynamic import is untyped; every file in bench/rows default-exports a Row.
const { default: row } = (await import(path)) as { readonly default: Row }
process.send(await row.run(pairedRatios))
