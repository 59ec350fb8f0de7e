// Random words: Threefry-2x32 with 20 rounds, a thread for each counter. Salmon, Moraes, Dror and Shaw, "Parallel
// random numbers: as easy as 1, 2, 3" (SC11).
import { eachElement, store } from './elements.ts'
import type { KernelMaker } from './step.ts'

const rotations = [[13, 15, 26, 6], [17, 29, 16, 24]] as const

/** Four rounds and a key injection. The keys move up by one each time, and the rotations alternate. */
const rounds = (i: number): string => {
  const key = (j: number): string => `k${(i + j) % 3}`
  return [
    ...rotations[(i + 1) % 2]!.map((by) => `x += y; y = ((y << ${by}u) | (y >> ${32 - by}u)) ^ x;`),
    `x += ${key(0)}; y += ${key(1)} + ${i}u;`,
  ].join('\n')
}

const encrypt = `fn encrypt(k0: u32, k1: u32, counter: u32) -> vec2u {
let k2 = 0x1bd11bdau ^ k0 ^ k1;
var x = k0;
var y = counter + k1;
${[1, 2, 3, 4, 5].map(rounds).join('\n')}
return vec2u(x, y);
}`

/** Words 2i and 2i + 1 of the result are those of counter i; an odd length drops the last. */
export const threefryKernels: KernelMaker = ({ args, results }, maker) => {
  const [key, result] = [args[0]!, results[0]!]
  const { length } = maker.buffers[result]!
  if (length === 0) return []
  return [eachElement(maker.target, {
    label: `${length} random words`, declarations: encrypt, count: Math.ceil(length / 2), sizes: { length },
    arrays: [{ name: 'key', buffer: key, access: 'read' }, { name: 'out', buffer: result, access: 'write' }],
    body: `let words = encrypt(u32(key(0u)), u32(key(1u)), i);
${store(maker, result, 'out', '2u * i', 'i32(words.x)')}
if (2u * i + 1u < length) { set_out(2u * i + 1u, i32(words.y)); }`,
  })]
}
