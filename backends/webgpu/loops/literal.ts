// Numbers as WGSL writes them.

export type WgslType = 'f32' | 'i32' | 'u32' | 'bool'

const float = new Float32Array(1)
const word = new Uint32Array(float.buffer)

const smallest = 2 ** -126
/** Beyond it the shortest text may lie above what f32 holds. */
const greatest = 3.402e38

/** A value by its bits: the shader's compiler must not see what it is. */
const byBits = (x: number): string => {
  float[0] = x
  return `from_bits(0x${word[0]!.toString(16)}u)`
}

/** The shortest decimal that is read as this float32. */
const shortest = (x: number): string => {
  for (let digits = 1; digits < 9; digits++) {
    const text = String(Number(x.toPrecision(digits)))
    if (Math.fround(Number(text)) === x) return text
  }
  return String(Number(x.toPrecision(9)))
}

const floatLiteral = (value: number): string => {
  const x = Math.fround(value)
  if (x !== x) return 'nan()'
  if (x === Infinity) return 'inf()'
  if (Object.is(x, -0)) return byBits(x)
  const size = Math.abs(x)
  if (size > greatest || (size < smallest && size > 0)) return byBits(x)
  const text = shortest(size)
  const written = /[.e]/.test(text) ? text : `${text}.0`
  return x < 0 ? `(-${written})` : written
}

const intLiteral = (value: number): string => {
  const x = value | 0
  return x === -(2 ** 31) ? 'i32(-2147483648)' : x < 0 ? `(${x}i)` : `${x}i`
}

/** A constant of a type; integers are taken modulo 2^32. */
export const literal = (value: number, type: WgslType): string => {
  switch (type) {
    case 'f32': return floatLiteral(value)
    case 'i32': return intLiteral(value)
    case 'u32': return `${value >>> 0}u`
    case 'bool': return value === 0 ? 'false' : 'true'
  }
}
