// Options as an object. A misspelt option, or an axis in its place as in NumPy, would be ignored without a word.
import { describe, isPlain } from '../describe.ts'
import { OptionError } from '../errors.ts'

/** The options themselves. @throws OptionError unless they are an object of known options. */
export const options = <O extends object>(op: string, given: O, known: readonly (keyof O & string)[]): O => {
  if (typeof given !== 'object' || given === null || !isPlain(given)) {
    throw new OptionError(`${op}: options are an object { ${known.join(', ')} }, not ${describe(given)}`
      + (known.some((k) => k === 'axis') && typeof given === 'number' ? `: write { axis: ${given} }` : ''))
  }
  for (const key in given) {
    if (!known.includes(key)) {
      const verb = known.length === 1 ? 'is' : 'are'
      throw new OptionError(`${op}: there is no option ${key}: there ${verb} ${known.join(', ')}`)
    }
  }
  return given
}
