// The edge cases in single precision.
import { suite } from 'uvu'
import { cpu, useBackend } from '../../index.ts'
import { openSynchronous } from '../gpu/synchronous.ts'
import { edges } from '../laws/edges.ts'
import { single } from '../precision.ts'

const gpu = await openSynchronous()
const it = suite('edges on WebGPU')

for (const [name, holds] of Object.entries(edges)) {
  it(name, () => {
    useBackend(gpu)
    try {
      holds(single)
    } finally {
      useBackend(cpu)
    }
  })
}

it.run()
