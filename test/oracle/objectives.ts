// Every case that is written, by its id.
import type { Objective } from './objective.ts'
import { binary } from './objectives/binary.ts'
import { broadcast } from './objectives/broadcast.ts'
import { choice } from './objectives/choice.ts'
import { estimation } from './objectives/estimation.ts'
import { fft } from './objectives/fft.ts'
import { indexing } from './objectives/indexing.ts'
import { matmul } from './objectives/matmul.ts'
import { mixed } from './objectives/mixed.ts'
import { quantum } from './objectives/quantum.ts'
import { reduction } from './objectives/reduction.ts'
import { unaryToReal } from './objectives/unary-c2r.ts'
import { unaryComplex } from './objectives/unary-complex.ts'
import { unaryReal } from './objectives/unary-real.ts'
import { waves } from './objectives/waves.ts'

export const objectives: ReadonlyMap<string, Objective> = new Map(Object.entries({
  ...binary, ...broadcast, ...choice, ...estimation, ...fft, ...indexing, ...matmul, ...mixed, ...quantum, ...reduction,
  ...unaryToReal, ...unaryComplex, ...unaryReal, ...waves,
}))
