// The primitive `lbfgs`: the direction H·g of limited-memory BFGS in its inner-product (Gram) form, with all decisions.
//
//   lbfgs(g, s, y, [memory], s₁, y₁, … sₖ, yₖ; k, memorySize, isScaled) → direction, memory'
//
// All vectors are flat and real, the pairs come oldest first, and `memory` (absent where k = 0) holds what an earlier call
// found out about them. The pair s, y enters the memory if its cosine ⟨s,y⟩/(‖s‖‖y‖) is above the machine epsilon of the
// arithmetic; s₁, y₁ leave it then if k = memorySize. A pair that is refused displaces none. The memory is dropped when
// s = 0, when none is left to a refused pair, and when H·g is no direction of ascent: the direction is g·min(1, 1/‖g‖) then.
// H starts from γ = ⟨s,y⟩/⟨y,y⟩ of the last pair, or from 1 unless isScaled, as does the factor of g.
//
// Since H·g is a linear combination of g and the pairs, its coefficients follow from inner products. Those among the pairs
// are kept in `memory`, and those with g, of which the next y makes new ones: ⟨v,y⟩ = ⟨v,g⟩ − ⟨v,g₀⟩, where rounding allows
// that. So every vector is read twice: for its inner products, and for the combination.

/** What the call decided: `memory'` goes on with the new pair, or without it, or nothing does. */
export const outcomes = { accepted: 0, refused: 1, dropped: 2 } as const

/** Places in `memory'` of what the call found out. */
export const outcomeAt = 0
/** Re⟨g, direction⟩. */
export const slopeAt = 1
/** Of the pair; −2 where s = 0. */
export const cosineAt = 2

/** Where ⟨sᵢ, yⱼ⟩ is, and ⟨yᵢ, yⱼ⟩ after it, for i ≤ j from 0: growing by a pair appends. */
export const productsAt = (i: number, j: number): number => 3 + j * (j + 1) + 2 * i

/** Where ⟨sᵢ, g⟩ is, and ⟨yᵢ, g⟩ after it. */
export const alongAt = (memorySize: number, i: number): number => productsAt(0, memorySize) + 2 * i

/** Numbers in `memory'`. */
export const memoryLength = (memorySize: number): number => alongAt(memorySize, memorySize)
