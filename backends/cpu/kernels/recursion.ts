// The two-loop recursion on coefficients: with q = g − Σ αⱼyⱼ and r = γq + Σ (αⱼ−βⱼ)sⱼ its inner products are sums of those
// among the pairs and with g. Nocedal & Wright, algorithm 7.4.
import { productsAt } from '../../../core/lbfgs.ts'

type Floats = Float64Array | Float32Array

/** Works in arrays of its own. */
export interface Recursion {
  /** ⟨s₁,g⟩, ⟨y₁,g⟩, ⟨s₂,g⟩, …: the caller fills it. */
  readonly along: Float64Array
  /** What s₁, y₁, s₂, y₂, … are multiplied by in H·g; and g is by γ. */
  readonly coefficients: Float64Array
  readonly gamma: () => number
  /** Finds the coefficients for `count` pairs from the products in `memory`; returns ⟨g, H·g⟩. */
  readonly run: (count: number, memory: Floats, gg: number, isScaled: boolean) => number
}

export const recursion = (most: number): Recursion => {
  const [along, coefficients] = [new Float64Array(2 * most), new Float64Array(2 * most)]
  const [alpha, delta] = [new Float64Array(most), new Float64Array(most)]
  let gamma = 1
  return {
    along, coefficients,
    gamma: () => gamma,
    run: (count, memory, gg, isScaled) => {
      const last = productsAt(count - 1, count - 1)
      gamma = isScaled ? memory[last]! / memory[last + 1]! : 1
      for (let i = count - 1; i >= 0; i--) {
        let q = along[2 * i]!
        for (let j = i + 1; j < count; j++) q -= alpha[j]! * memory[productsAt(i, j)]!
        alpha[i] = q / memory[productsAt(i, i)]!
      }
      let slope = gamma * gg
      for (let i = 0; i < count; i++) {
        let q = along[2 * i + 1]!
        for (let j = 0; j < i; j++) q -= alpha[j]! * memory[productsAt(j, i) + 1]!
        for (let j = i; j < count; j++) q -= alpha[j]! * memory[productsAt(i, j) + 1]!
        let r = gamma * q
        for (let j = 0; j < i; j++) r += delta[j]! * memory[productsAt(j, i)]!
        delta[i] = alpha[i]! - r / memory[productsAt(i, i)]!
        coefficients[2 * i] = delta[i]!
        coefficients[2 * i + 1] = -gamma * alpha[i]!
        slope += coefficients[2 * i]! * along[2 * i]! + coefficients[2 * i + 1]! * along[2 * i + 1]!
      }
      return slope
    },
  }
}
