import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import {
  cubicMinimizer, quadraticMinimizer, secantZero, threePointMinimizer,
} from '../../../optim/linesearch/interpolation.ts'
import { close } from '../../close.ts'
import { probeAt } from './line.ts'
import type { Line } from './line.ts'

const test = suite('interpolation')

const number = fc.double({ min: -3, max: 3, noNaN: true })
const positive = fc.double({ min: 0.1, max: 3, noNaN: true })

/** Cubics with a minimum at `minimum`, and three points apart from each other. */
const cubics = fc.record({ minimum: number, curvature: positive, third: number, height: number })
  .map(({ minimum, curvature, third, height }) => ({
    minimum,
    line: ((t) => {
      const d = t - minimum
      return [height + curvature * d ** 2 + third * d ** 3, 2 * curvature * d + 3 * third * d ** 2]
    }) satisfies Line,
  }))
const points = fc.tuple(number, positive, positive).map(([a, h, k]) => [a, a + h, a - k] as const)

test('a cubic is met exactly, in either order of its points', () => {
  fc.assert(fc.property(cubics, points, ({ minimum, line }, [a, b, c]) => {
    const [p, q, r] = [probeAt(line, a), probeAt(line, b), probeAt(line, c)]
    close([cubicMinimizer(p, q), cubicMinimizer(q, p), threePointMinimizer(p, q, r)], [minimum, minimum, minimum], 1e-6)
  }), { numRuns: 300, seed: 1 })
})

test('a parabola is met exactly', () => {
  fc.assert(fc.property(number, positive, points, (minimum, curvature, [a, b]) => {
    const line: Line = (t) => [curvature * (t - minimum) ** 2, 2 * curvature * (t - minimum)]
    const [p, q] = [probeAt(line, a), probeAt(line, b)]
    close([quadraticMinimizer(p, q), secantZero(p, q)], [minimum, minimum], 1e-8)
    close(cubicMinimizer(p, q), minimum, 1e-8)
  }), { numRuns: 300, seed: 1 })
})

test('huge and tiny numbers neither overflow nor vanish', () => {
  for (const scale of [1e-300, 1e300]) {
    const line: Line = (t) => [scale * (t - 1) ** 2, 2 * scale * (t - 1)]
    close(cubicMinimizer(probeAt(line, 0), probeAt(line, 3)), 1, 1e-12)
  }
})

test('where there is no minimiser the answer is not finite', () => {
  const straight: Line = (t) => [-t, -1]
  assert.not(Number.isFinite(secantZero(probeAt(straight, 0), probeAt(straight, 1))))
  const rising: Line = (t) => [t ** 3 + t, 3 * t ** 2 + 1]
  assert.ok(Number.isNaN(cubicMinimizer(probeAt(rising, -1), probeAt(rising, 1))))
})

test.run()
