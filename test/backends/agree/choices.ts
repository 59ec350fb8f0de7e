// Random decisions, read off a list of numbers: whatever fast-check leaves of the list is a program too.

/** Decisions, one after the other; when they run out, the first choice, and no further step. */
export class Choices {
  readonly #numbers: readonly number[]
  #next = 0
  constructor(numbers: readonly number[]) { this.#numbers = numbers }
  below(n: number): number { return n <= 1 ? 0 : (this.#numbers[this.#next++] ?? 0) % n }
  of<A>(list: readonly A[]): A { return list[this.below(list.length)]! }
  between(low: number, high: number): number { return low + this.below(high - low + 1) }
  get isSpent(): boolean { return this.#next >= this.#numbers.length }
  maybe(): boolean { return this.below(2) === 1 }
}
