// What WGSL leaves open about floating-point numbers. Shaders may assume that there is no NaN and no infinity, lose signs
// of zero and reassociate sums; so such things are decided by bits, and what must be rounded at once goes through `rounded`.
import { define } from './definition.ts'

const bits = {
  /** Nothing: but no compiler can know that, so what comes in must be rounded first. */
  rounded: 'fn rounded(x: f32) -> f32 { return bitcast<f32>(bitcast<u32>(x) ^ U.zero); }',
  /** A number that cannot be written as a literal. */
  from_bits: 'fn from_bits(x: u32) -> f32 { return bitcast<f32>(x ^ U.zero); }',
  inf: 'fn inf() -> f32 { return bitcast<f32>(U.inf); }',
  nan: 'fn nan() -> f32 { return bitcast<f32>(U.nan); }',
  is_nan: 'fn is_nan(x: f32) -> bool { return (bitcast<u32>(x) & 0x7fffffffu) > 0x7f800000u; }',
  is_inf: 'fn is_inf(x: f32) -> bool { return (bitcast<u32>(x) & 0x7fffffffu) == 0x7f800000u; }',
  is_finite: 'fn is_finite(x: f32) -> bool { return (bitcast<u32>(x) & 0x7fffffffu) < 0x7f800000u; }',
  /** The sign bit. */
  is_negative: 'fn is_negative(x: f32) -> bool { return (bitcast<u32>(x) >> 31u) != 0u; }',
  /** Neither zero nor NaN. */
  is_true: 'fn is_true(x: f32) -> bool { return ((bitcast<u32>(x) & 0x7fffffffu) - 1u) < 0x7f800000u; }',
  negate: 'fn negate(x: f32) -> f32 { return bitcast<f32>(bitcast<u32>(x) ^ 0x80000000u); }',
  magnitude: 'fn magnitude(x: f32) -> f32 { return bitcast<f32>(bitcast<u32>(x) & 0x7fffffffu); }',
  copy_sign: `fn copy_sign(a: f32, b: f32) -> f32 {
  return bitcast<f32>((bitcast<u32>(a) & 0x7fffffffu) | (bitcast<u32>(b) & 0x80000000u));
}`,
}

const order = {
  /** Integers in the order of the numbers; −0 comes before 0. */
  ordinal: `fn ordinal(x: f32) -> i32 {
  let i = bitcast<i32>(x);
  return i ^ ((i >> 31u) & 0x7fffffff);
}`,
  minimum: `fn minimum(a: f32, b: f32) -> f32 {
  return select(select(b, a, ordinal(a) <= ordinal(b)), nan(), is_nan(a) || is_nan(b));
}`,
  maximum: `fn maximum(a: f32, b: f32) -> f32 {
  return select(select(b, a, ordinal(a) >= ordinal(b)), nan(), is_nan(a) || is_nan(b));
}`,
  /** Comparisons of which one side is infinite. */
  is_less: 'fn is_less(a: f32, b: f32) -> bool { return ordinal(a) < ordinal(b) && !(is_nan(a) || is_nan(b)); }',
  is_less_equal: 'fn is_less_equal(a: f32, b: f32) -> bool { return ordinal(a) <= ordinal(b) && !(is_nan(a) || is_nan(b)); }',
}

const compensated = {
  /** The rounded sum and its error: a + b exactly, if finite. */
  two_sum: `fn two_sum(a: f32, b: f32) -> vec2f {
  let s = rounded(a + b);
  let t = rounded(s - a);
  return vec2f(s, rounded(a - rounded(s - t)) + rounded(b - t));
}`,
  /** The same for |a| ≥ |b|. */
  quick_two_sum: `fn quick_two_sum(a: f32, b: f32) -> vec2f {
  let s = rounded(a + b);
  return vec2f(s, rounded(b - rounded(s - a)));
}`,
  accumulate: `fn accumulate(s: vec2f, x: f32) -> vec2f {
  let t = two_sum(s.x, rounded(x));
  return vec2f(t.x, rounded(s.y + t.y));
}`,
  combine: `fn combine(s: vec2f, t: vec2f) -> vec2f {
  let u = two_sum(s.x, t.x);
  return vec2f(u.x, rounded(u.y + rounded(s.y + t.y)));
}`,
  /** The rounded value of a compensated sum, and the rest; a sum that is not finite has no rest. */
  settle: `fn settle(s: vec2f) -> vec2f {
  if (!is_finite(s.x)) { return vec2f(s.x, 0.0); }
  return two_sum(s.x, s.y);
}`,
}

const doubled = {
  /** The rounded product and its error (Dekker): halves of 12 bits multiply exactly. */
  two_prod: `fn two_prod(a: f32, b: f32) -> vec2f {
  let p = rounded(a * b);
  let ah = bitcast<f32>(bitcast<u32>(a) & 0xfffff000u);
  let bh = bitcast<f32>(bitcast<u32>(b) & 0xfffff000u);
  let al = rounded(a - ah);
  let bl = rounded(b - bh);
  let e = rounded(rounded(rounded(rounded(ah * bh) - p) + rounded(ah * bl)) + rounded(al * bh));
  return vec2f(p, rounded(e + rounded(al * bl)));
}`,
  dd_add: `fn dd_add(a: vec2f, b: vec2f) -> vec2f {
  let s = two_sum(a.x, b.x);
  let t = two_sum(a.y, b.y);
  let u = quick_two_sum(s.x, rounded(s.y + t.x));
  return quick_two_sum(u.x, rounded(t.y + u.y));
}`,
  dd_mul: `fn dd_mul(a: vec2f, b: vec2f) -> vec2f {
  let p = two_prod(a.x, b.x);
  return quick_two_sum(p.x, rounded(p.y + rounded(rounded(a.x * b.y) + rounded(a.y * b.x))));
}`,
  dd_div: `fn dd_div(a: vec2f, b: vec2f) -> vec2f {
  let q = rounded(a.x / b.x);
  let r = dd_add(a, -dd_mul(b, vec2f(q, 0.0)));
  let p = rounded(r.x / b.x);
  let t = dd_add(r, -dd_mul(b, vec2f(p, 0.0)));
  return quick_two_sum(q, rounded(p + rounded(t.x / b.x)));
}`,
}

export const numbers = define({ ...bits, ...order, ...compensated, ...doubled })
