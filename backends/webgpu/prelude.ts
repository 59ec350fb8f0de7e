// Functions that every kernel may call without saying so.
import { calledIn, type Definitions } from './prelude/definition.ts'
import { elementary } from './prelude/elementary.ts'
import { numbers } from './prelude/numbers.ts'

export const prelude: Definitions = { ...numbers, ...elementary }

/** The functions that occur in the code and what they need, each after what it calls. */
export const preludeFor = (code: string): string => {
  const placed = new Set<string>()
  const texts: string[] = []
  const place = (name: string): void => {
    const definition = prelude[name]
    if (definition === undefined || placed.has(name)) return
    placed.add(name)
    definition.needs.forEach(place)
    texts.push(definition.text)
  }
  calledIn(code).forEach(place)
  return texts.join('\n')
}
