// The collector knows nothing of memory on a device: a handle of a hundred bytes may stand for a gigabyte. So a host
// buffer of the same size is held beside each block. V8 counts its bytes and collects in time; finalizers alone came
// too late.

/** Smaller blocks weigh no more than the objects that stand for them. */
const lightest = 1024
/** The collector is roused by far less than this. */
const heaviest = 2 ** 26
/** From here on memory that is merely reserved is cheaper than memory that is filled with zeros. */
const reserveFrom = 2 ** 15
const keptOfEachSize = 16
const keptBytes = 2 ** 26

/** The `ArrayBuffer` of ES2024. Where it is older the second argument is ignored, and the memory is real. */
type Resizable = new (bytes: number, options: { readonly maxByteLength: number }) => ArrayBuffer

/** A resizable buffer of its greatest size counts like any other, but its pages are never touched. */
export const reserve = (bytes: number): ArrayBuffer =>
  new (ArrayBuffer as unknown as Resizable)(bytes, { maxByteLength: bytes })

export class Weights {
  readonly #kept = new Map<number, ArrayBuffer[]>()
  #keptBytes = 0

  take(blockBytes: number): ArrayBuffer | null {
    if (blockBytes < lightest) return null
    const bytes = Math.min(blockBytes, heaviest)
    const kept = this.#kept.get(bytes)?.pop()
    if (kept !== undefined) {
      this.#keptBytes -= bytes
      return kept
    }
    try {
      return bytes < reserveFrom ? new ArrayBuffer(bytes) : reserve(bytes)
    } catch {
      return null // The host is short of room. The block is there all the same, and the budget still counts it.
    }
  }

  /** Keeps the weight of a block that was given back by hand: a loop that does so leaves no work to the collector. */
  give(weight: ArrayBuffer | null): void {
    if (weight === null || this.#keptBytes + weight.byteLength > keptBytes) return
    const list = this.#kept.get(weight.byteLength)
    if (list !== undefined && list.length >= keptOfEachSize) return
    if (list === undefined) this.#kept.set(weight.byteLength, [weight])
    else list.push(weight)
    this.#keptBytes += weight.byteLength
  }
}
