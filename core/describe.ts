// What somebody handed over, in words: for errors. Short however large the value is, and it never throws.
import { Node } from './node.ts'
import { show } from './shape.ts'

const shortened = (text: string): string => (text.length > 40 ? `${text.slice(0, 39)}…` : text)

const described = (x: object): string => {
  if (x instanceof Node) return `a tensor ${x.dtype} ${show(x.info)}`
  if (Array.isArray(x)) return `an array of length ${x.length}`
  const prototype: unknown = Object.getPrototypeOf(x)
  if (isPlain(x)) return `an object { ${shortened(Object.keys(x).join(', '))} }`
  const name = typeof prototype === 'object' && prototype !== null ? prototype.constructor.name : 'object'
  return ArrayBuffer.isView(x) && 'length' in x ? `a ${name} of length ${String(x.length)}` : `an instance of ${name}`
}

/** An object literal, or one without a prototype; of any realm. */
export const isPlain = (x: object): boolean => {
  const prototype: unknown = Object.getPrototypeOf(x)
  return prototype === null || (Object.getPrototypeOf(prototype) === null && !Array.isArray(x))
}

export const describe = (x: unknown): string => {
  switch (typeof x) {
    case 'number': return `the number ${x}`
    case 'bigint': return `the bigint ${x}`
    case 'string': return `the string '${shortened(x)}'`
    case 'function': return 'a function'
    case 'object': return x === null ? 'null' : described(x)
    default: return String(x) // a truth value, a symbol, undefined
  }
}
