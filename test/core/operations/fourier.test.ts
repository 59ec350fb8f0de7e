import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { complex } from '../../../core/construct.ts'
import type { Node } from '../../../core/node.ts'
import * as op from '../../../core/operations/fourier.ts'
import { abs2 } from '../../../core/operations/elementwise.ts'
import { narrow, reshape } from '../../../core/operations/movement.ts'
import { sum } from '../../../core/operations/sum.ts'
import { throwsError } from '../../close.ts'
import { c, close, exact, flat, numbers, read, tensor } from './fixture.ts'

const test = suite('fourier')

const of = (...dims: readonly number[]): Node => {
  const count = dims.reduce((n, d) => n * d, 1)
  return reshape(complex(tensor(numbers(count)), tensor(numbers(count, 9))), dims)
}

const dft = (z: Node): readonly { readonly re: number; readonly im: number }[] => {
  const n = z.info.size
  const values = flat(z).map((v) => (typeof v === 'number' ? c(v, 0) : v))
  return Array.from({ length: n }, (_, k) => values.reduce((total, v, j) => {
    const angle = (-2 * Math.PI * ((j * k) % n)) / n
    const [re, im] = [Math.cos(angle), Math.sin(angle)]
    return c(total.re + v.re * re - v.im * im, total.im + v.re * im + v.im * re)
  }, c(0, 0)))
}

test('fft is the sum with exp(−2πi·jk/n), for every length', () => {
  for (const n of [1, 2, 3, 4, 5, 7, 8, 12]) close(flat(op.fft(of(n))), dft(of(n)), 1e-14, `n = ${n}`)
  close(flat(op.fft(tensor([1, 2, 3, 4]))), [c(10, 0), c(-2, 2), c(-2, 0), c(-2, -2)], 1e-15)
  assert.is(op.fft(tensor([1, 2], 'float32')).dtype, 'complex64')
  assert.is(op.fft(tensor([1, 2], 'int32')).dtype, 'complex128')
})

test('the inverse undoes the transform under every norm', () => {
  for (const norm of ['backward', 'ortho', 'forward'] as const) {
    for (const n of [1, 4, 5]) {
      close(flat(op.ifft(op.fft(of(n), { norm }), { norm })), flat(of(n)), 1e-15, `${norm} ${n}`)
    }
    close(flat(op.ifft2(op.fft2(of(2, 3, 4), { norm }), { norm })), flat(of(2, 3, 4)), 1e-15, norm)
    close(flat(op.ifftn(op.fftn(of(2, 3, 4), { norm }), { norm })), flat(of(2, 3, 4)), 1e-15, norm)
  }
})

test('each norm divides where it says', () => {
  const ones = tensor([1, 1, 1, 1])
  const firsts = [op.fft, op.ifft].map((f) =>
    (['backward', 'ortho', 'forward'] as const).map((norm) => flat(f(ones, { norm }))[0]!))
  close(firsts, [[c(4, 0), c(2, 0), c(1, 0)], [c(1, 0), c(2, 0), c(4, 0)]], 1e-15)
})

test('Parseval: the orthonormal transform keeps the energy', () => {
  const z = of(3, 4, 5)
  close(read(sum(abs2(op.fftn(z, { norm: 'ortho' })))), read(sum(abs2(z))), 1e-14)
  close(read(sum(abs2(op.fft2(z, { norm: 'ortho', axes: [0, 2] })))), read(sum(abs2(z))), 1e-14)
})

test('n cuts or fills up with zeros, along any axis', () => {
  const z = of(6)
  close(flat(op.fft(z, { n: 4 })), dft(narrow(z, 0, 0, 4)), 1e-14)
  const filled = [...flat(of(3)), c(0, 0), c(0, 0)].map((v) => (typeof v === 'number' ? c(v, 0) : v))
  close(flat(op.fft(of(3), { n: 5 })), dft(tensor(filled)), 1e-14)
  assert.equal(op.fft(of(3, 4), { n: 5, axis: 0 }).shape, [5, 4])
  close(flat(op.fftn(of(3, 4), { shape: [2, 5] })), flat(op.fft(op.fft(of(3, 4), { n: 5 }), { n: 2, axis: 0 })), 1e-14)
  close(flat(op.fftn(of(3, 4), { shape: [5, 2], axes: [1, 0] })), flat(op.fftn(of(3, 4), { shape: [2, 5] })), 1e-14)
  close(flat(op.fftn(of(3, 4), { shape: [5] })), flat(op.fft(of(3, 4), { n: 5 })), 1e-14)
})

test('rfft is the first half of fft, irfft its inverse for even and odd n', () => {
  for (const n of [1, 2, 3, 4, 5, 6, 9]) {
    const x = tensor(numbers(n))
    const z = op.rfft(x)
    assert.is(z.info.size, Math.floor(n / 2) + 1)
    close(flat(z), flat(op.fft(x)).slice(0, z.info.size), 1e-14)
    for (const norm of ['backward', 'ortho', 'forward'] as const) {
      close(flat(op.irfft(op.rfft(x, { norm }), { n, norm })), numbers(n), 1e-15, `n = ${n}, ${norm}`)
    }
  }
  assert.is(op.irfft(of(4)).info.size, 6)
  assert.equal(op.irfft(of(4, 2), { axis: 0, n: 5 }).shape, [5, 2])
})

test('irfft ignores imaginary parts at frequency 0 and at the highest of an even length', () => {
  const plain = tensor([c(1, 0), c(2, 3), c(4, 0)])
  const odd = tensor([c(1, 7), c(2, 3), c(4, 9)])
  close(flat(op.irfft(odd, { n: 4 })), flat(op.irfft(plain, { n: 4 })), 1e-16)
})

test('shifts put frequency 0 into the middle and back', () => {
  exact(read(op.fftshift(tensor([0, 1, 2, -2, -1]))), [-2, -1, 0, 1, 2])
  exact(read(op.fftshift(tensor([0, 1, -2, -1]))), [-2, -1, 0, 1])
  for (const dims of [[5], [4, 3]]) close(flat(op.ifftshift(op.fftshift(of(...dims)))), flat(of(...dims)), 0)
  exact(read(op.fftshift(tensor([[1, 2], [3, 4]]), { axes: 1 })), [[2, 1], [4, 3]])
  exact(read(op.fftfreq(5)), [0, 0.2, 0.4, -0.4, -0.2])
  exact(read(op.fftfreq(4, 0.5)), [0, 0.5, -1, -0.5])
})

test('errors', () => {
  throwsError(() => op.fft(tensor([])), 'OptionError',
    /fft: the length along axis 0 of \[0\] must be an integer ≥ 1, not 0/)
  throwsError(() => op.fft(of(4), { n: 2.5 }), 'OptionError', /not 2\.5/)
  throwsError(() => op.fft(of(4), { axis: 1 }), 'ShapeError', /fft: axis 1 does not exist/)
  throwsError(() => op.fft2(of(4)), 'ShapeError', /fft2: axis -2/)
  throwsError(() => op.rfft(of(4)), 'DTypeError', /rfft: the input is complex.*use fft/)
  throwsError(() => op.irfft(of(1)), 'OptionError', /irfft: the length .* not 0/)
  throwsError(() => op.fft(of(4), { norm: 'unit' as 'ortho' }), 'OptionError',
    /norm is backward, ortho or forward, not unit/)
  throwsError(() => op.fftn(of(2, 2), { shape: [2], axes: [0, 1] }), 'ShapeError',
    /fftn: shape \[2\] has 1 lengths for 2 axes/)
  throwsError(() => op.fftfreq(0), 'OptionError', /fftfreq: n is an integer ≥ 1/)
})

test.run()
