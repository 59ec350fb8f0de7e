// Functions that every kernel may call without saying so.
import { calledIn, type Definition } from './prelude/definition.ts'
import { elementary } from './prelude/elementary.ts'
import { numbers } from './prelude/numbers.ts'

const definitionOf = (name: string): Definition | undefined => numbers[name] ?? elementary(name)

/** The functions that occur in the code and what they need, each after what it calls. */
export const preludeFor = (code: string): string => {
  const placed = new Set<string>()
  const texts: string[] = []
  const place = (name: string): void => {
    const definition = definitionOf(name)
    if (definition === undefined || placed.has(name)) return
    placed.add(name)
    definition.needs.forEach(place)
    texts.push(definition.text)
  }
  calledIn(code).forEach(place)
  return texts.join('\n')
}
