// Where a floating-point format forces a formula to change. All scales are powers of two, so scaling is exact.

export interface Limits {
  /** If tiny < x² + y² < huge, the sum is accurate, and neither it nor its inverse comes near overflow or underflow. */
  readonly tiny: number
  readonly huge: number
  /** 2^±scale brings numbers whose squares lie beyond tiny or huge back into that range. */
  readonly scale: number
  /** Numbers between 1/moderate and moderate can be divided by a scaled number. */
  readonly moderate: number
  /** exp(±x) neither overflows nor loses digits up to here. */
  readonly exponent: number
  /** From here on tanh(x) is 1. */
  readonly saturated: number
  /** From here on 1 vanishes beside x², and the square of that error beside anything. */
  readonly remote: number
  /** 2^⌈digits/2⌉ + 1 splits a number into two halves whose products are exact. */
  readonly splitter: number
}

export const float64Limits: Limits = {
  tiny: 1e-290, huge: 1e290, scale: 600, moderate: 2 ** 500,
  exponent: 708, saturated: 22, remote: 2 ** 54, splitter: 2 ** 27 + 1,
}

export const float32Limits: Limits = {
  tiny: 1e-30, huge: 1e30, scale: 70, moderate: 2 ** 60,
  exponent: 87, saturated: 10, remote: 2 ** 25, splitter: 2 ** 12 + 1,
}
