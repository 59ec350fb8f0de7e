// Mutants of the rule tables, generated: every entry × every call of conj or real in it that has an effect (dropped),
// and every entry doubled; in forward mode, in reverse mode, and in both together. A call that never changes anything
// is no mutation site, which is found by running, not by listing.
import { Node } from '../../core/node.ts'
import { add } from '../../core/operations/elementwise.ts'
import type { Primitive } from '../../core/primitive.ts'
import { conjugation, type Entry } from '../../autodiff/kinds.ts'
import { rulesWith, type Rule, type Rules } from '../../autodiff/rules.ts'

type Mode = 'forward' | 'reverse'
type Word = 'conj' | 'real'
interface Call { readonly word: Word; readonly count: number }

export interface Mutation {
  readonly primitive: Primitive
  /** The operand whose entry is changed. */
  readonly operand: number
  readonly modes: readonly Mode[]
  /** What is dropped; nothing means that the result is doubled. */
  readonly drop: Call | null
}

export const nameOf = ({ primitive, operand, modes, drop }: Mutation): string => {
  const what = drop === null ? 'doubled' : `${drop.word} ${drop.count} dropped`
  return `${primitive}, operand ${operand}: ${what} (${modes.join(' and ')})`
}

/**
 * The evaluation of one entry that is going on: calls so far, the call to drop, and where calls with an effect are
 * noted.
 */
interface Evaluation {
  readonly calls: Record<Word, number>
  readonly drop: Call | null
  readonly effective: Set<string>
}
let current: Evaluation | null = null

const watched = (word: Word) => (x: Node): Node => {
  const y = conjugation[word](x)
  if (current === null) return y
  const count = current.calls[word]++
  if (y !== x) current.effective.add(`${word} ${count}`)
  return current.drop?.word === word && current.drop.count === count ? x : y
}

const exact: Rules = rulesWith({ conj: watched('conj'), real: watched('real') })

/** What a rule returns, doubled: a node, or several of which some may be missing. */
const twice = (z: unknown): unknown =>
  Array.isArray(z) ? z.map(twice) : z instanceof Node ? add(z, z) : z

type Derive = (x: never, n: Node, j: number) => unknown

/** The same function, watched, with a mutation if `drop` or `double` say so. */
const changed = <F extends Derive>(f: F, drop: Call | null, double: boolean, effective: Set<string>): F =>
  ((x: never, n: Node, j: number) => {
    const before = current
    current = { calls: { conj: 0, real: 0 }, drop, effective }
    try {
      const y = f(x, n, j)
      return double ? twice(y) : y
    } finally {
      current = before
    }
  }) as F // the same arguments and result

interface Change {
  readonly operand: number
  readonly modes: readonly Mode[]
  readonly drop: Call | null
  readonly double: boolean
}

const effects = new Map<string, Set<string>>()
const effectsAt = (primitive: Primitive, operand: number, mode: Mode): Set<string> => {
  const key = `${primitive} ${operand} ${mode}`
  const set = effects.get(key) ?? new Set<string>()
  effects.set(key, set)
  return set
}

/** A rule with one entry changed, or merely watched. */
const alter = (primitive: Primitive, rule: Rule, change: Change | null): Rule => {
  const wrap = <F extends Derive>(f: F, operand: number, mode: Mode): F => {
    const here = change !== null && change.operand === operand && change.modes.includes(mode)
    return changed(f, here ? change.drop : null, here && change.double, effectsAt(primitive, operand, mode))
  }
  if (typeof rule === 'string') return rule
  if ('together' in rule) {
    // One rule for all operands: it counts as the entry of operand 0.
    return { together: wrap(rule.together, 0, 'forward'), reverse: wrap(rule.reverse, 0, 'reverse') }
  }
  if ('outputs' in rule) {
    const { forward, reverse } = rule.outputs
    return {
      outputs: { // wrap keeps the types
        forward: wrap(forward as Derive, 0, 'forward') as typeof forward,
        reverse: wrap(reverse as Derive, 0, 'reverse') as typeof reverse,
      },
    }
  }
  return rule.map((e: Entry | null, j) =>
    (e === null ? null : { ...e, forward: wrap(e.forward, j, 'forward'), reverse: wrap(e.reverse, j, 'reverse') }))
}

const withRule = (primitive: Primitive, change: Change | null): Rules =>
  ({ ...exact, [primitive]: alter(primitive, exact[primitive], change) })

/** The exact rules, watching what `primitive` does. */
export const watching = (primitive: Primitive): Rules => withRule(primitive, null)

export const mutant = ({ primitive, operand, modes, drop }: Mutation): Rules =>
  withRule(primitive, { operand, modes, drop, double: drop === null })

const operandsOf = (rule: Rule): readonly number[] =>
  typeof rule === 'string' ? []
    : Array.isArray(rule) ? rule.flatMap((e: Entry | null, j) => (e === null ? [] : [j])) : [0]

const ways: readonly (readonly Mode[])[] = [['forward'], ['reverse'], ['forward', 'reverse']]

/** All mutations of a primitive's rule, once `watching` has seen its samples. */
export const mutationsOf = (primitive: Primitive): readonly Mutation[] =>
  operandsOf(exact[primitive]).flatMap((operand) => {
    const seen = (mode: Mode): ReadonlySet<string> => effectsAt(primitive, operand, mode)
    const doubled = ways.map((modes): Mutation => ({ primitive, operand, modes, drop: null }))
    const calls = [...new Set([...seen('forward'), ...seen('reverse')])]
    const dropped = calls.flatMap((text) => {
      const [word, count] = text.split(' ')
      const drop = { word: word as Word, count: Number(count) } // as noted by `watched`
      return ways.filter((modes) => modes.every((m) => seen(m).has(text)))
        .map((modes): Mutation => ({ primitive, operand, modes, drop }))
    })
    return [...doubled, ...dropped]
  })

