// Scratch memory: the two arrays between which the steps of a transform go to and fro.

export type Scratch = readonly [Float64Array, Float64Array]

const pairs = new Map<number, WeakRef<Scratch>>()

/**
 * Two arrays of at least `length` numbers. Transforms run one at a time and leave nothing behind, so all whose lengths
 * round up to the same power of two share a pair, which lives as long as one of them.
 */
export const scratch = (length: number): Scratch => {
  const rounded = 2 ** Math.ceil(Math.log2(Math.max(length, 16)))
  const pair = pairs.get(rounded)?.deref() ?? [new Float64Array(rounded), new Float64Array(rounded)]
  pairs.set(rounded, new WeakRef(pair))
  return pair
}
