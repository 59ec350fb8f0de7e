// The prelude's arithmetic on a device: decisions by bits on special values, and sums and products whose errors are exact.
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { constantsText } from '../../backends/webgpu/device/constants.ts'
import { preludeFor } from '../../backends/webgpu/prelude.ts'
import { numbers } from '../../backends/webgpu/prelude/numbers.ts'
import { uniform } from '../backends/agree/compare.ts'
import { close } from '../close.ts'
import { openDevice } from '../gpu/device.ts'

const test = suite('WGSL numbers')
const device = await openDevice()

const buffer = (data: Float32Array<ArrayBuffer>, usage: number): GPUBuffer => {
  const made = device.createBuffer({ size: data.byteLength, usage: usage | GPUBufferUsage.COPY_DST | GPUBufferUsage.COPY_SRC })
  device.queue.writeBuffer(made, 0, data)
  return made
}

/** `expression`, a vec4f of the vec4f x, of every row. */
const compute = async (expression: string, rows: readonly (readonly number[])[]): Promise<readonly (readonly number[])[]> => {
  const x = Float32Array.from(rows.flatMap((r) => [...r, 0, 0, 0, 0].slice(0, 4)))
  const code = `${constantsText}
@group(0) @binding(0) var<uniform> U: Constants;
@group(0) @binding(1) var<storage, read> given: array<vec4f>;
@group(0) @binding(2) var<storage, read_write> made: array<vec4f>;
${preludeFor(`${expression} rounded(`)}
@compute @workgroup_size(64) fn main(@builtin(global_invocation_id) id: vec3u) {
  if (id.x < ${rows.length}u) {
    let x = given[id.x];
    made[id.x] = ${expression} + vec4f(0.0, 0.0, 0.0, rounded(0.0));
  }
}`
  const pipeline = device.createComputePipeline({ layout: 'auto', compute: { module: device.createShaderModule({ code }) } })
  const constants = device.createBuffer({ size: 16, usage: GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST })
  device.queue.writeBuffer(constants, 0, Uint32Array.of(0, 0x7f800000, 0x7fc00000, 0))
  const [given, made] = [buffer(x, GPUBufferUsage.STORAGE), buffer(new Float32Array(x.length), GPUBufferUsage.STORAGE)]
  const staging = device.createBuffer({ size: x.byteLength, usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST })
  const entries = [constants, given, made].map((bound, binding) => ({ binding, resource: { buffer: bound } }))
  const encoder = device.createCommandEncoder()
  const pass = encoder.beginComputePass()
  pass.setPipeline(pipeline)
  pass.setBindGroup(0, device.createBindGroup({ layout: pipeline.getBindGroupLayout(0), entries }))
  pass.dispatchWorkgroups(Math.ceil(rows.length / 64))
  pass.end()
  encoder.copyBufferToBuffer(made, 0, staging, 0, x.byteLength)
  device.queue.submit([encoder.finish()])
  await staging.mapAsync(GPUMapMode.READ)
  const y = new Float32Array(staging.getMappedRange().slice(0))
  return rows.map((_, k) => [...y.subarray(4 * k, 4 * k + 4)])
}

const random = uniform(9)
const number = (): number => Math.fround((2 * random() - 1) * 2 ** Math.floor(20 * random() - 10))
const rows = Array.from({ length: 500 }, () => [number(), number(), number() * 2 ** -26, number() * 2 ** -26])

test('what a function calls is in the prelude, and comes before it', () => {
  for (const [name, { text, needs }] of Object.entries(numbers)) {
    assert.match(text, new RegExp(`^fn ${name}\\(`))
    const code = preludeFor(`${name}(`)
    for (const f of needs) assert.ok(code.indexOf(`fn ${f}(`) < code.indexOf(`fn ${name}(`) && code.includes(`fn ${f}(`), `${name} needs ${f}`)
  }
  assert.is(preludeFor('x0(i0)'), '')
})

test('special values are told by their bits', async () => {
  const special = [0, -0, 1, -1, NaN, Infinity, -Infinity, 3e38]
  const flag = (call: string): string => `select(0.0, 1.0, ${call})`
  const found = await compute(`vec4f(${['is_nan', 'is_inf', 'is_finite', 'is_true'].map((f) => flag(`${f}(x.x)`)).join(', ')})`, special.map((x) => [x]))
  assert.equal(found, special.map((x) => [Number.isNaN(x), Math.abs(x) === Infinity, Number.isFinite(x), x !== 0 && x === x].map(Number)))
  const pairs = special.flatMap((p) => special.map((q) => [p, q] as const))
  const orders = await compute(`vec4f(${flag('is_less(x.x, x.y)')}, ${flag('is_less_equal(x.x, x.y)')}, ${flag('is_negative(x.x)')}, 0.0)`, pairs)
  pairs.forEach(([p, q], k) => {
    if (p !== 0 || q !== 0) assert.equal(orders[k]!.slice(0, 2), [Number(p < q), Number(p <= q)], `${p} and ${q}`)
    if (p === p) assert.is(orders[k]![2], Number(p < 0 || Object.is(p, -0)))
  })
})

test('sums and products come with their exact errors', async () => {
  const two = await compute('vec4f(two_sum(x.x, x.y), two_prod(x.x, x.y))', rows)
  rows.forEach(([a, b], k) => {
    const [s, e, p, f] = two[k]! as [number, number, number, number] // four numbers a row
    assert.is(s, Math.fround(a! + b!))
    assert.is(s + e, a! + b!)
    assert.is(p, Math.fround(a! * b!))
    assert.is(p + f, a! * b!)
  })
})

test('doubled numbers have 44 bits', async () => {
  const pair = 'vec2f(x.x, x.z), vec2f(x.y, x.w)'
  const normal = rows.map(([a, b, c, d]) => [a!, b!, Math.fround(a! * c! * 2 ** -10), Math.fround(b! * d! * 2 ** -10)])
  const expected = { add: (p: number, q: number) => p + q, mul: (p: number, q: number) => p * q, div: (p: number, q: number) => p / q }
  for (const [name, f] of Object.entries(expected)) {
    const found = await compute(`vec4f(dd_${name}(${pair}), 0.0, 0.0)`, normal)
    normal.forEach(([a, b, c, d], k) => {
      const exact = f(a! + c!, b! + d!)
      const size = name === 'add' ? Math.abs(a!) + Math.abs(b!) : Math.abs(exact)
      close((found[k]![0]! + found[k]![1]! - exact) / size, 0, 2 ** -44, `${name} of ${a} and ${b}`)
    })
  }
})

test('compensated sums lose nothing that a later term reveals', async () => {
  const three = 'settle(accumulate(accumulate(accumulate(vec2f(0.0, 0.0), x.x), x.y), x.z))'
  const both = 'settle(combine(vec2f(x.x, 0.0), vec2f(x.y, x.w)))'
  const [row] = await compute(`vec4f(${three}, ${both})`, [[1e8, 1.25, -1e8, 0.25]])
  assert.equal(row, [1.25, 0, 1e8, 1.5])
  const [infinite] = await compute('vec4f(settle(accumulate(accumulate(vec2f(0.0, 0.0), x.x), x.y)), 0.0, 0.0)', [[Infinity, 1]])
  assert.equal(infinite!.slice(0, 2), [Infinity, 0])
})

test.run()
