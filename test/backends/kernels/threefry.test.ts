// Threefry-2x32 against the known answers of the Random123 distribution, and as a source of uniform bits.

import { suite } from 'uvu'
import { threefry, threefryFill } from '../../../backends/cpu/kernels/threefry.ts'
import { close, exact } from '../../close.ts'

const test = suite('threefry kernel')

const hex = (words: readonly number[]): readonly number[] => words.map((word) => word >>> 0)

test('known answers', () => {
  exact(hex(threefry(0, 0, 0, 0)), [0x6b200159, 0x99ba4efe])
  exact(hex(threefry(-1, -1, -1, -1)), [0x1cb996fc, 0xbb002be7])
  exact(hex(threefry(0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff)), [0x1cb996fc, 0xbb002be7])
  exact(hex(threefry(0x13198a2e, 0x03707344, 0x243f6a88, 0x85a308d3)), [0xc4923a9c, 0x483df7a0])
})

test('an array holds the words of the counters in turn; a shorter one is a prefix', () => {
  const key = Int32Array.of(5, -7)
  const words = new Int32Array(9)
  threefryFill(key, words)
  for (let i = 0; i < 4; i++) exact(words.subarray(2 * i, 2 * i + 2), threefry(5, -7, 0, i))
  exact(words[8]!, threefry(5, -7, 0, 4)[0])
  const fewer = new Int32Array(4)
  threefryFill(key, fewer)
  exact(fewer, words.subarray(0, 4))
  threefryFill(key, new Int32Array(0))
})

test('every bit is set half of the time, and neighbouring keys share nothing', () => {
  const n = 1 << 16
  const [a, b] = [new Int32Array(n), new Int32Array(n)]
  threefryFill(Int32Array.of(0, 1), a)
  threefryFill(Int32Array.of(0, 2), b)
  for (let bit = 0; bit < 32; bit++) {
    const share = (words: Int32Array): number => words.reduce((sum, word) => sum + ((word >>> bit) & 1), 0) / n
    // Six standard deviations are 6/(2·√n) = 0.0117.
    close(share(a), 0.5, 0.0078)
    close(share(a.map((word, i) => word ^ b[i]!)), 0.5, 0.0078)
  }
})

test.run()
