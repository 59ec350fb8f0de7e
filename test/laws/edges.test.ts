// The edge cases in double precision, on the backends of the host.
import { suite } from 'uvu'
import { double } from '../precision.ts'
import { onAll } from './backend.ts'
import { edges } from './edges.ts'

const it = suite('edges')
for (const [name, holds] of Object.entries(edges)) it(name, onAll(() => holds(double)))
it.run()
