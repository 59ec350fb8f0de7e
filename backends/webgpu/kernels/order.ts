// Real numbers as unsigned integers of the same order, so that comparing is exact and trusts nothing about NaN.
import type { DType } from '../../../core/dtype.ts'
import { isInteger } from './elements.ts'

/**
 * The WGSL function `key_of`: smaller keys come first, zeros are equal whatever their sign, and NaN has the greatest
 * key, also where the order is turned round.
 */
export const keyOf = (dtype: DType, descending: boolean): string => {
  const turned = (key: string): string => (descending ? `~(${key})` : key)
  return isInteger(dtype)
    ? `fn key_of(x: i32) -> u32 { return ${turned('bitcast<u32>(x) ^ 0x80000000u')}; }`
    : `fn key_of(x: f32) -> u32 {
  let bits = bitcast<u32>(x);
  if (is_nan(x)) { return 0xffffffffu; }
  if ((bits << 1u) == 0u) { return ${turned('0x80000000u')}; }
  return ${turned('bits ^ select(0x80000000u, 0xffffffffu, (bits >> 31u) != 0u)')};
}`
}
