// Bind group 0 of every kernel: what WGSL cannot be trusted to keep if it stood in the text. A compiler may fold
// `x ^ 0`, and literals of Inf and NaN are refused.
import { computeStage, usage, type DeviceLike, type Labelled } from '../gpu.ts'

/** Beside it every kernel declares `@group(0) @binding(0) var<uniform> U: Constants;` */
export const constantsText = 'struct Constants { zero: u32, inf: u32, nan: u32, pad: u32 }'

export interface Constants { readonly layout: Labelled; readonly group: Labelled }

export const makeConstants = (device: DeviceLike): Constants => {
  const values = new Uint32Array([0, 0x7f800000, 0x7fc00000, 0])
  const buffer = device.createBuffer({ size: values.byteLength, usage: usage.uniform | usage.copyTarget })
  device.queue.writeBuffer(buffer, 0, values)
  const entries = [{ binding: 0, visibility: computeStage, buffer: { type: 'uniform' } }]
  const layout = device.createBindGroupLayout({ entries })
  return { layout, group: device.createBindGroup({ layout, entries: [{ binding: 0, resource: { buffer } }] }) }
}
