// Bind groups, kept for as long as their blocks live: programs bind the same few blocks again and again.
import type { DeviceLike, Labelled } from '../gpu.ts'
import type { Faults } from './faults.ts'
import type { Layout } from './pipelines.ts'
import type { Block } from './pool.ts'

export interface Bindings {
  readonly layout: Layout
  readonly group: Labelled
  readonly blocks: readonly Block[]
}

/** One level for each binding. A block that is destroyed takes its branch along, since nothing else holds it. */
interface Branch { readonly at: WeakMap<Block, Branch>; bindings: Bindings | null }

const branch = (): Branch => ({ at: new WeakMap(), bindings: null })

/** A loop whose blocks always come in new combinations starts afresh now and then. */
const mostGroups = 4096

const isSame = (a: readonly Block[], b: readonly Block[]): boolean => {
  for (let k = 0; k < b.length; k++) if (a[k] !== b[k]) return false
  return true
}

export class BindGroups {
  readonly #device: DeviceLike
  readonly #faults: Faults
  #trees = new Map<Layout, Branch>()
  #count = 0

  constructor(device: DeviceLike, faults: Faults) {
    this.#device = device
    this.#faults = faults
  }

  /** Binds whole blocks, in the order of the signature. `last` is what the caller got last time: usually it is that. */
  get(layout: Layout, blocks: readonly Block[], last?: Bindings): Bindings {
    if (last !== undefined && last.layout === layout && isSame(last.blocks, blocks)) return last
    let node = this.#trees.get(layout) ?? this.#plant(layout)
    for (const block of blocks) {
      let next: Branch | undefined = node.at.get(block)
      if (next === undefined) {
        next = branch()
        node.at.set(block, next)
      }
      node = next
    }
    return node.bindings ??= this.#make(layout, blocks)
  }

  #plant(layout: Layout): Branch {
    const root = branch()
    this.#trees.set(layout, root)
    return root
  }

  #make(layout: Layout, blocks: readonly Block[]): Bindings {
    if (this.#count >= mostGroups) {
      this.#trees = new Map()
      this.#count = 0
    }
    this.#count++
    const entries = blocks.map(({ buffer }, binding) => ({ binding, resource: { buffer } }))
    const group = this.#faults.watch('validation', `a binding of ${layout.signature}`, () =>
      this.#device.createBindGroup({ layout: layout.group, entries }))
    return { layout, group, blocks: [...blocks] }
  }
}
