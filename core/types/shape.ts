// Shapes in types. They recurse over the rank, never over a size, and refuse only what is certainly wrong: a shape that
// is not known (`number[]`), or known in part (`[number, 3]`), passes here and is checked by the call.

/** As a type argument always a mutable tuple, `[2, 3]`; a dynamic shape is `number[]`. As a value a shape is readonly. */
export type Shape = number[]

export type Tuple<S extends readonly number[]> = { -readonly [K in keyof S]: S[K] }

/** A rank that is known while the sizes are not. */
export type Blurred<S extends Shape> = { -readonly [K in keyof S]: number }

export type IsDynamic<S extends Shape> = number extends S['length'] ? true : false

/** `[2, 3]` as the text "2, 3". */
export type Show<S extends Shape, Text extends string = ''> =
  number extends S['length'] ? '...'
  : S extends [infer H extends number, ...infer T extends Shape] ? Show<T, Text extends '' ? `${H}` : `${Text}, ${H}`>
  : Text

// One dimension against another; `never` when both are literal and differ. number & 3 is 3: a literal wins over a
// number.
export type Dim<X extends number, Y extends number> =
  X extends 1 ? [Y] : Y extends 1 ? [X] : [X & Y] extends [never] ? never : [X & Y]

/** NumPy's rule, from the last dimension to the first. */
export type Broadcast<A extends Shape, B extends Shape> =
  [{ is: A }, { is: B }] extends [{ is: B }, { is: A }] ? A
  : B extends [] ? A
  : A extends [] ? B
  : number extends A['length'] | B['length'] ? number[]
  : [A, B] extends [
    [...infer P extends Shape, infer X extends number],
    [...infer Q extends Shape, infer Y extends number],
  ]
    ? [...Broadcast<P, Q>, ...Dim<X, Y>]
  : never

/** R when the dimensions can be equal. */
export type Meet<X, Y, R> = X extends Y ? R : [X & Y] extends [never] ? never : R

/** Vectors as in NumPy: on the left a row, on the right a column; leading dimensions broadcast. */
export type MatMul<A extends Shape, B extends Shape> =
  number extends A['length'] | B['length'] ? number[]
  : [A, B] extends [[...infer L extends Shape, infer K extends number], [infer J extends number]] ? Meet<K, J, L>
  : [A, B] extends [
    [infer K extends number],
    [...infer R extends Shape, infer J extends number, infer N extends number],
  ]
    ? Meet<K, J, [...R, N]>
  : [A, B] extends [
    [...infer L extends Shape, infer M extends number, infer K extends number],
    [...infer R extends Shape, infer J extends number, infer N extends number],
  ] ? Meet<K, J, [...Broadcast<L, R>, M, N]>
  : never

/** Both flattened: a vector against a vector gives a matrix. */
export type Outer<A extends Shape, B extends Shape> =
  [A, B] extends [[infer M extends number], [infer N extends number]] ? [M, N] : [number, number]

export type Flattened<S extends Shape> = S extends [] ? [1] : S extends [infer N extends number] ? [N] : [number]

/** With its last two dimensions exchanged; `never` for a vector or a scalar. */
export type Adjoint<S extends Shape> =
  number extends S['length'] ? number[]
  : S extends [...infer L extends Shape, infer M extends number, infer N extends number] ? [...L, N, M]
  : never

export type Reverse<S extends Shape> =
  number extends S['length'] ? number[]
  : S extends [infer H extends number, ...infer T extends Shape] ? [...Reverse<T>, H]
  : []

export type Permute<S extends Shape, P extends readonly number[]> =
  number extends S['length'] ? number[]
  : number extends P['length'] ? number[]
  : { -readonly [K in keyof P]: `${P[K]}` extends `-${string}` ? number : S[P[K] & keyof S] & number }

/** The dimensions asked of a reshape; −1 is computed. */
export type Sized<T extends readonly number[]> = { -readonly [K in keyof T]: T[K] extends -1 ? number : T[K] }

/** Without its dimensions of size 1, if all sizes are known. */
export type Squeezed<S extends Shape> =
  number extends S[number] ? number[]
  : S extends [infer H extends number, ...infer T extends Shape] ? H extends 1 ? Squeezed<T> : [H, ...Squeezed<T>]
  : []

/** A vector becomes a matrix, a matrix its diagonal. */
export type Diagonal<S extends Shape, K extends number> =
  S extends [infer N extends number] ? K extends 0 ? [N, N] : [number, number]
  : S extends [infer M extends number, infer N extends number]
    ? [K, M, N] extends [0, N, M] ? [M] : [number]
  : number[]
