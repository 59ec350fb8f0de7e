// The physics of the holography page, on the CPU: what its misfit and its starts promise.
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { optimizerNames, startNames } from '../../examples/holography/choices.ts'
import { farField, misfit, startOf, targetOf, view } from '../../examples/holography/solver/hologram.ts'
import { optimizers } from '../../examples/holography/solver/optimizers.ts'
import { readGrey, resample } from '../../examples/image.ts'
import { minimize } from '../../index.ts'

const size = 128
const pixels = size * size
const photograph = (name: string): Float32Array =>
  Float32Array.from(resample(readGrey(new URL(`../../examples/${name}.png`, import.meta.url)), size))
const camera = photograph('camera')

const near = (actual: number, expected: number, tolerance: number): void => {
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual} is not ${expected} ± ${tolerance}`)
}

const it = suite('hologram')

it('has as much light as its target, whatever its phase', () => {
  near(targetOf(camera, size).amplitude.square().sum().item() / pixels, 1, 1e-5)
  for (const name of startNames) near(farField(startOf(name, size)).abs2().sum().item() / pixels, 1, 1e-5)
})

it('begins, as a lens, with a uniformly bright far field', () => {
  near(farField(startOf('lens', size)).abs().sub(1).abs().max().item(), 0, 1e-3)
})

it('shows what it has met exactly: a lens and a uniform target', () => {
  const grey = new Float32Array(pixels).fill(0.5)
  const target = targetOf(grey, size)
  const lens = startOf('lens', size)
  near(misfit(target)(lens).item() / pixels, 0, 1e-6)
  const both = view(lens, target.scale).toTypedArray()
  assert.is(both.length, 2 * pixels)
  assert.ok(both.subarray(0, pixels).every((x) => Math.abs(x - 0.5) < 1e-3))
  assert.equal(both.subarray(pixels), lens.toTypedArray())
})

it('shows the picture the right way round', () => {
  const grey = new Float32Array(pixels).fill(0.1)
  const [row, column] = [20, 90]
  grey[row * size + column] = 1
  const target = targetOf(grey, size)
  const { params } = minimize(misfit(target), startOf('lens', size), { maxIterations: 100, gradientTolerance: 0 })
  const shown = view(params, target.scale).toTypedArray()
  near(shown[row * size + column]!, 1, 0.05)
  near(shown[column * size + row]!, 0.1, 0.05)
})

/** The loss after 30 iterations, at most: what a good picture takes. */
const bars = { lbfgs: 3e-3, nesterov: 3e-3, adam: 3e-2 }

for (const name of optimizerNames) {
  for (const start of startNames) {
    it(`is found by ${name} from a start that is ${start}`, () => {
      const { value } = minimize(misfit(targetOf(camera, size)), startOf(start, size),
        { optimizer: optimizers[name], maxIterations: 30, gradientTolerance: 0 })
      assert.ok(value / pixels <= bars[name], `loss ${value / pixels}`)
    })
  }
}

it('goes on with another picture from the phase at hand as well as from the start', () => {
  const options = { maxIterations: 50, gradientTolerance: 0 }
  const first = minimize(misfit(targetOf(camera, size)), startOf('lens', size), options)
  const { value } = minimize(misfit(targetOf(photograph('moon'), size)), first.params, options)
  assert.ok(value / pixels <= 1e-4, `loss ${value / pixels}`)
})

it.run()
