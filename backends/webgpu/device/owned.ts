// Who owns a block: the handles on its parts. It goes back to the pool when the last of them is released or collected.
import type { Block, Pool } from './pool.ts'
import { reserve, Weights } from './weights.ts'

// Node and every browser have it; neither lib es2022 nor our types say so.
declare const setTimeout: (f: () => void, milliseconds: number) => unknown

/** Part of a block. */
export interface Slice {
  readonly block: Block
  readonly offset: number
  readonly bytes: number
}

export type Range = Omit<Slice, 'block'>

/** A block and how many handles it has left. Nothing in it leads to a handle, or no handle would ever be collected. */
interface Shared { readonly block: Block; handles: number }

type Release = (handle: Handle, weight: ArrayBuffer | null) => void

/** What a tensor holds. */
export class Handle implements Slice {
  readonly block: Block
  readonly offset: number
  readonly bytes: number
  readonly #release: Release
  #weight: ArrayBuffer | null
  #isReleased = false

  constructor(block: Block, range: Range, weight: ArrayBuffer | null, release: Release) {
    this.block = block
    this.offset = range.offset
    this.bytes = range.bytes
    this.#weight = weight
    this.#release = release
  }

  get isReleased(): boolean { return this.#isReleased }

  /** Gives it back now, not when it is collected: for those who know that nobody else holds it. Twice does no harm. */
  release(): void {
    if (this.#isReleased) return
    this.#isReleased = true
    const weight = this.#weight
    this.#weight = null
    this.#release(this, weight)
  }
}

/** Rounds of waiting for finalizers, a millisecond or so each. */
const rounds = 16
/** Garbage that makes the collector look for more. */
const nudge = 2 ** 26

export class Owner {
  readonly #pool: Pool
  readonly #weights = new Weights()
  readonly #registry: FinalizationRegistry<Shared>
  #afterRelief = 0

  constructor(pool: Pool) {
    this.#pool = pool
    this.#registry = new FinalizationRegistry((shared) => { this.#drop(shared) })
  }

  /** One handle for each range of a taken block, which from now on belongs to them. */
  hold(block: Block, ranges: readonly Range[]): Handle[] {
    if (ranges.length === 0) this.#pool.give(block)
    const shared: Shared = { block, handles: ranges.length }
    const weight = this.#weights.take(block.bytes)
    const release: Release = (handle, freed) => {
      this.#registry.unregister(handle)
      if (this.#drop(shared)) this.#weights.give(freed)
    }
    return ranges.map((range) => {
      const handle = new Handle(block, range, weight, release)
      this.#registry.register(handle, shared, handle)
      return handle
    })
  }

  /** A handle on a block of its own. */
  take(bytes: number, what?: string): Handle {
    return this.hold(this.#pool.take(bytes, what), [{ offset: 0, bytes }])[0]!
  }

  /** Whether that was the last handle. */
  #drop(shared: Shared): boolean {
    shared.handles--
    if (shared.handles > 0) return false
    this.#pool.give(shared.block)
    return true
  }

  /**
   * Called where one waits anyhow: lets the collector run when over half of the budget is in use, and an eighth of it
   * is new since the last time. (Where what is in use does not grow there is no garbage to wait for.)
   */
  relieve(): Promise<void> | null {
    if (this.#pool.used < this.#afterRelief) this.#afterRelief = this.#pool.used
    return this.#isHigh() ? this.#wait() : null
  }

  #isHigh(): boolean {
    const { used, budget } = this.#pool
    return used > budget / 2 && used > this.#afterRelief + budget / 8
  }

  async #wait(): Promise<void> {
    for (let k = 0; k < rounds && this.#isHigh(); k++) {
      try { reserve(nudge) } catch { /* then the collector has reason enough */ }
      await new Promise<void>((resolve) => { setTimeout(resolve, 1) })
    }
    this.#afterRelief = this.#pool.used
  }
}
