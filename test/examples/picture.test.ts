// The examples' own instruments: reading a photograph, averaging it down, and drawing the result.
import { PNG } from 'pngjs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { readGrey, resample } from '../../examples/image.ts'
import { renderPhaseRetrieval } from '../../examples/picture.ts'
import { close, exact } from '../close.ts'

const it = suite('picture')
const mean = (values: Float64Array): number => values.reduce((sum, x) => sum + x, 0) / values.length

it('resampling averages over boxes', () => {
  const image = { width: 4, height: 2, data: Float64Array.of(1, 3, 5, 7, 3, 5, 7, 9) }
  exact(resample(image, 2), [2, 6, 4, 8])
  const ramp = { width: 3, height: 3, data: Float64Array.of(0, 3, 6, 0, 3, 6, 0, 3, 6) }
  close(resample(ramp, 2), [1, 5, 1, 5], 1e-15)
})

it('photographs lie in [0, 1] and keep their brightness', () => {
  for (const name of ['camera', 'moon']) {
    const image = readGrey(new URL(`../../examples/${name}.png`, import.meta.url))
    assert.is(image.width * image.height, 512 * 512)
    assert.ok(image.data.every((x) => x >= 0 && x <= 1))
    for (const size of [128, 100]) close(mean(resample(image, size)), mean(image.data), 1e-12)
  }
})

it('the picture is a PNG, whatever the curve', () => {
  const map = new Float64Array(64 * 64).fill(0.5)
  const maps = {
    truthAmplitude: map, truthPhase: map, startAmplitude: map, startPhase: map, recoveredAmplitude: map,
    recoveredPhase: map,
  }
  for (const values of [[], [1], [3, 0], [1e3, NaN, 1e-12]]) {
    const curve = values.map((value, evaluation) => ({ evaluation, value }))
    const bytes = renderPhaseRetrieval({ ...maps, size: 64, error: new Float64Array(64 * 64), curve, caption: 'a < b' })
    assert.ok(PNG.sync.read(Buffer.from(bytes)).width > 1000)
  }
})

it.run()
