// Stable sorting along the middle axis of an array of outer × n × inner real numbers: a merge sort of keys and places.

import type { Typed } from './product.ts'

/** Runs of this length are sorted by insertion. */
const run = 16

/** Sorts keys[from … to) and the places with them by insertion. */
const insertion = (keys: Float64Array, places: Int32Array, from: number, to: number): void => {
  for (let i = from + 1; i < to; i++) {
    const key = keys[i]!
    const place = places[i]!
    let j = i - 1
    for (; j >= from && keys[j]! > key; j--) {
      keys[j + 1] = keys[j]!
      places[j + 1] = places[j]!
    }
    keys[j + 1] = key
    places[j + 1] = place
  }
}

/** Merges the sorted ranges [from, middle) and [middle, to); of equal keys the first range's come first. */
const merge = (keys: Float64Array, places: Int32Array, from: number, middle: number, to: number,
  sortedKeys: Float64Array, sortedPlaces: Int32Array): void => {
  let i = from
  let j = middle
  for (let t = from; t < to; t++) {
    const left = j >= to || (i < middle && keys[i]! <= keys[j]!)
    const s = left ? i++ : j++
    sortedKeys[t] = keys[s]!
    sortedPlaces[t] = places[s]!
  }
}

/** Ascending and stable, without NaN. Both arrays come with a second one of the same length to work in. */
const mergeSort = (n: number, keys: Float64Array, places: Int32Array, otherKeys: Float64Array,
  otherPlaces: Int32Array): readonly [Float64Array, Int32Array] => {
  for (let from = 0; from < n; from += run) insertion(keys, places, from, Math.min(n, from + run))
  let [k, p, otherK, otherP] = [keys, places, otherKeys, otherPlaces]
  for (let length = run; length < n; length *= 2) {
    for (let from = 0; from < n; from += 2 * length) {
      merge(k, p, from, Math.min(n, from + length), Math.min(n, from + 2 * length), otherK, otherP)
    }
    ;[k, p, otherK, otherP] = [otherK, otherP, k, p]
  }
  return [k, p]
}

/**
 * Sorts along the middle axis. `values` gets the numbers, `indices` their places before; either may be left out.
 * Ascending or descending, NaN comes last; −0 equals 0, and equal numbers keep their order. `values` may be `x`.
 */
export const sort = (outer: number, n: number, inner: number, descending: boolean) => {
  const keys = new Float64Array(n)
  const places = new Int32Array(n)
  const otherKeys = new Float64Array(n)
  const otherPlaces = new Int32Array(n)
  const sign = descending ? -1 : 1
  return (x: Typed, values: Typed | undefined, indices: Int32Array | undefined): void => {
    for (let line = 0; line < outer * inner; line++) {
      const start = Math.floor(line / inner) * n * inner + line % inner
      let numbers = 0
      let missing = n
      for (let i = 0; i < n; i++) {
        const value = x[start + i * inner]!
        if (Number.isNaN(value)) {
          otherPlaces[--missing] = i
        } else {
          keys[numbers] = sign * value
          places[numbers++] = i
        }
      }
      // NaN were put aside from the end, so the last came first.
      for (let i = numbers, j = n - 1; i < n; i++, j--) places[i] = otherPlaces[j]!
      const [sortedKeys, sortedPlaces] = mergeSort(numbers, keys, places, otherKeys, otherPlaces)
      for (let i = 0; i < n; i++) {
        const at = start + i * inner
        if (values !== undefined) values[at] = i < numbers ? sign * sortedKeys[i]! : NaN
        if (indices !== undefined) indices[at] = i < numbers ? sortedPlaces[i]! : places[i]!
      }
    }
  }
}
