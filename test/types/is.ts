// Equality of types: `is<Actual, Expected>()` compiles only if both are the same.
export type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends (<T>() => T extends B ? 1 : 2) ? true : false

export const is = <A, B>(..._: Same<A, B> extends true ? [] : [expected: B, actual: A]): void => {}
