// The main job: a photograph, amplitude and phase, recovered from the intensities of its coded diffraction patterns.
//
//   npm start                                   128×128, eight masks, no noise
//   npm start -- --backend webgpu               the same on the GPU (needs the package webgpu)
//   npm start -- --size 256 --masks 10 --noise 0.02 --seed 7
import { mkdirSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { Presets, SingleBar } from 'cli-progress'
import { webgpu } from '../backends/webgpu/index.ts'
import { cpu, fromTypedArray, minimizeAsync, random } from '../index.ts'
import { aligned, amplitudes, fieldOf, misfit, octanaryMasks, relativeError, type Field } from './coded-diffraction.ts'
import { readGrey, resample } from './image.ts'
import { renderPhaseRetrieval, type CurvePoint } from './picture.ts'

const { values } = parseArgs({
  options: {
    backend: { type: 'string', default: 'cpu' },
    size: { type: 'string', default: '128' },
    masks: { type: 'string', default: '8' },
    noise: { type: 'string', default: '0' },
    seed: { type: 'string', default: '1' },
  },
})

if (values.backend !== 'cpu' && values.backend !== 'webgpu') {
  console.error(`--backend ${values.backend}: give cpu or webgpu`)
  process.exit(2)
}
const backend = values.backend === 'webgpu' ? await webgpu() : cpu

const number = (name: keyof typeof values, least: number, whole = true): number => {
  const x = Number(values[name])
  if (Number.isFinite(x) && x >= least && (!whole || Number.isInteger(x))) return x
  console.error(`--${name} ${values[name]}: give ${whole ? 'a whole number' : 'a number'} of at least ${least}`)
  process.exit(2)
}
const [size, masksCount, noise, seed] = [number('size', 8), number('masks', 1), number('noise', 0, false), number('seed', 0)]

// What is to be found, and what is measured of it.
const photograph = (name: string): Float64Array => resample(readGrey(new URL(name, import.meta.url)), size)
const truth = fieldOf(photograph('camera.png'), photograph('moon.png'), size)
const [maskKey, noiseKey, startKey] = random.split(random.key(seed), 3)
const masks = octanaryMasks(maskKey!, masksCount, size)
const exact = amplitudes(masks, truth)
const measured = exact.add(random.normal(noiseKey!, exact.shape).mul(noise * exact.mean().item())).maximum(0)

// From noise to the object.
const start: Field = random.normal(startKey!, [size, size], 'complex128').mul(0.5)
const objective = misfit(masks, measured)
const digits = 10
const curve: CurvePoint[] = [{ evaluation: 1, value: objective(start).item() }]
const gained = (value: number): number => Math.max(0, Math.min(digits, Math.log10(curve[0]!.value / value)))
const bar = new SingleBar({
  format: 'recovering {bar} {gained} of {total} digits | misfit {misfit} | {evaluations} evaluations | {seconds} s',
  hideCursor: true,
}, Presets.shades_classic)
bar.start(digits, 0, { gained: '0.0', misfit: '', evaluations: 1, seconds: '0.0' })
const solution = await minimizeAsync(objective, start, {
  backend,
  gradientTolerance: 1e-6,
  decreaseTolerance: noise > 0 ? 1e-6 : 0,
  maxIterations: 3000,
  onIteration: ({ value, evaluations, seconds }) => {
    curve.push({ evaluation: evaluations, value })
    const gain = gained(value)
    bar.update(gain, { gained: gain.toFixed(1), misfit: value.toExponential(2), evaluations, seconds: seconds.toFixed(1) })
  },
})
bar.stop()

// What came of it.
const result: Field = fromTypedArray(await solution.params.read(), [size, size], 'complex128')
const recovered = aligned(result, truth)
const error = relativeError(recovered, truth)
const summary = `relative error ${error.toExponential(1)}, ${solution.evaluations} evaluations, ${solution.seconds.toFixed(1)} s`
const parts = (z: Field) => ({ amplitude: z.abs().toTypedArray(), phase: z.angle().toTypedArray() })
const [was, began, found] = [parts(truth), parts(start), parts(recovered)]
mkdirSync('out', { recursive: true })
writeFileSync('out/phase-retrieval.png', renderPhaseRetrieval({
  size,
  truthAmplitude: was.amplitude, truthPhase: was.phase,
  startAmplitude: began.amplitude, startPhase: began.phase,
  recoveredAmplitude: found.amplitude, recoveredPhase: found.phase,
  error: recovered.sub(truth).abs().toTypedArray(),
  curve,
  caption: `${size}×${size} complex pixels from ${masksCount} intensity patterns${noise > 0 ? `, ${noise * 100} % noise` : ''}: ${summary}`,
}))
console.log(`${solution.status._tag}: ${solution.status.message}`)
console.log('the picture is out/phase-retrieval.png')
console.log(`recovered: ${summary}`)
process.exitCode = noise > 0 || error <= 1e-4 ? 0 : 1
