// Constant numbers of kernels (roots of unity, chirps): made on the host in double precision, brought to the device once.
import type { DType } from '../../core/dtype.ts'
import type { Device } from './device/index.ts'
import type { Handle } from './device/owned.ts'
import type { Block } from './device/pool.ts'

export interface Table { readonly block: Block; readonly length: number; readonly dtype: DType }

export class Tables {
  readonly #device: Device
  readonly #known = new Map<string, Table & { readonly handle: Handle }>()

  constructor(device: Device) { this.#device = device }

  get(key: string, make: () => Float32Array | Int32Array): Table {
    let table = this.#known.get(key)
    if (table === undefined) {
      const data = make()
      const handle = this.#device.owner.take(Math.max(4, data.byteLength), `the table ${key}`)
      this.#device.queue.write(handle.block, 0, data)
      const dtype = data instanceof Int32Array ? 'int32' : 'float32'
      this.#known.set(key, table = { handle, block: handle.block, length: data.length, dtype })
    }
    return table
  }
}
