// The reference cases on WebGPU, which computes in 32 bits.
import { suite } from 'uvu'
import { cpu, useBackend } from '../../index.ts'
import { openSynchronous } from '../gpu/synchronous.ts'
import { check, groups } from '../oracle/cases.ts'

/**
 * Relative to one and the largest number of an array. Rounding the inputs alone to 32 bits moves values and gradients by up
 * to 16 units of 2⁻²³, the kernels together by up to 4 on the software adapter.
 */
const tolerance = 10 * 2 ** -23

const gpu = await openSynchronous()
const test = suite('oracle on WebGPU')

for (const [group, cases] of groups) {
  test(`${group}: ${cases.length} cases`, () => {
    useBackend(gpu)
    try {
      for (const c of cases) check(c, tolerance)
    } finally {
      useBackend(cpu)
    }
  })
}

test.run()
