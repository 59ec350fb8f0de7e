// Elementary functions as a device computes them: against the same expansions with every operation rounded, and against
// double precision.
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { constantsText } from '../../backends/webgpu/device/constants.ts'
import { preludeFor } from '../../backends/webgpu/prelude.ts'
import { compile } from '../backends/lower/float32.ts'
import { cases, type Case } from '../backends/lower/float32Cases.ts'
import { isFlushed, worst } from '../backends/lower/float32Error.ts'
import { openDevice } from '../gpu/device.ts'

const count = 100_000
const device = await openDevice()

const buffer = (data: Uint32Array<ArrayBuffer>, usage: number): GPUBuffer => {
  const copied = GPUBufferUsage.COPY_DST | GPUBufferUsage.COPY_SRC
  const made = device.createBuffer({ size: data.byteLength, usage: usage | copied })
  device.queue.writeBuffer(made, 0, data)
  return made
}

const constants = buffer(new Uint32Array([0, 0x7f800000, 0x7fc00000, 0]), GPUBufferUsage.UNIFORM)

const kernel = ({ wgsl, arity, name }: Case): string => {
  const call = `${wgsl}(${arity === 1 ? 'x[i].x' : 'x[i].x, x[i].y'})`
  return `${constantsText}
@group(0) @binding(0) var<uniform> U: Constants;
@group(0) @binding(1) var<storage, read> x: array<vec2f>;
@group(0) @binding(2) var<storage, read_write> y: array<u32>;
${preludeFor(call + ' rounded(')}
@compute @workgroup_size(64) fn main(@builtin(global_invocation_id) id: vec3u) {
  let i = id.x;
  if (i < arrayLength(&x)) { y[i] = ${name === 'toInt32' ? `u32(${call})` : `bitcast<u32>(${call})`} ^ U.zero; }
}`
}

/** Bits of the results. */
const onDevice = async (c: Case, args: readonly (readonly [number, number])[]): Promise<Uint32Array> => {
  const module = device.createShaderModule({ code: kernel(c) })
  const pipeline = await device.createComputePipelineAsync({ layout: 'auto', compute: { module } })
  const x = buffer(new Uint32Array(Float32Array.from(args.flat()).buffer), GPUBufferUsage.STORAGE)
  const y = buffer(new Uint32Array(args.length), GPUBufferUsage.STORAGE)
  const usage = GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST
  const staging = device.createBuffer({ size: 4 * args.length, usage })
  const group = device.createBindGroup({
    layout: pipeline.getBindGroupLayout(0),
    entries: [constants, x, y].map((bound, binding) => ({ binding, resource: { buffer: bound } })),
  })
  const encoder = device.createCommandEncoder()
  const pass = encoder.beginComputePass()
  pass.setPipeline(pipeline)
  pass.setBindGroup(0, group)
  pass.dispatchWorkgroups(Math.ceil(args.length / 64))
  pass.end()
  encoder.copyBufferToBuffer(y, 0, staging, 0, 4 * args.length)
  device.queue.submit([encoder.finish()])
  await staging.mapAsync(GPUMapMode.READ)
  const bits = new Uint32Array(staging.getMappedRange().slice(0))
  for (const used of [x, y, staging]) used.destroy()
  return bits
}

const test = suite('elementary functions on a device')
const table: string[] = []

for (const c of cases) {
  test(c.name, async () => {
    const args = c.args(count)
    const bits = await onDevice(c, args)
    const values = c.name === 'toInt32' ? bits : new Float32Array(bits.buffer)
    const error = worst(c, args, values, isFlushed)
    const rounded = compile(c.expansion)
    const same = args.filter(([x, y], k) => Object.is(values[k], rounded(x, y))).length
    const figures = `${error.units.toFixed(2).padStart(6)}${(100 * same / args.length).toFixed(2).padStart(9)} %`
    table.push(`${c.name.padEnd(12)}${figures}   ${error.at}`)
    assert.ok(error.units <= c.limit + 0.5, `${c.name}${error.at}: ${error.units.toFixed(2)} units`)
  })
}

test('in a table', () => {
  console.log(`units in the last place, at worst, and how many are as if rounded one by one\n${table.join('\n')}`)
})
test.after(() => device.destroy())

test.run()
