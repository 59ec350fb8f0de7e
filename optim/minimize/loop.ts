// The loop of a minimization, written once: it yields what it has to wait for.
import { parameters } from '../../autodiff/scope.ts'
import { epsilonOn, type Backend } from '../../core/backend.ts'
import { allocate, type HostArray } from '../../core/dtype.ts'
import { ShapeError } from '../../core/errors.ts'
import { leaf, type Node } from '../../core/node.ts'
import { flatten, mapLeaves } from '../../core/tree.ts'
import type { Driver, Point } from '../driver.ts'
import { after, alongside, fetching, isSteps, reading, settled, type Eventually, type Steps } from '../effects.ts'
import { lbfgs } from '../lbfgs.ts'
import { backendOf, resolutionOf } from '../precision.ts'
import { leavesOf } from '../ravel.ts'
import { searchState } from '../search.ts'
import { innerOf } from '../transformation.ts'
import type { MinimizeAsyncOptions, Solution, Status } from '../types.ts'
import { evaluatedAgain, moveTo, noise, resumed, startingAt, type Checkpoint, type Iterate } from './checkpoint.ts'
import { Interrupted, rested, watch } from './limits.ts'
import { checkOptions } from './options.ts'
import { brought, placed } from './placing.ts'
import { problem, type Evaluated, type Objective } from './problem.ts'
import { progress } from './progress.ts'
import { recycler } from './recycle.ts'
import { isDeviceFailure, keeper } from './snapshot.ts'
import * as status from './status.ts'

const standard = lbfgs()

/** Elements from which on a tensor's storage is handed back at once; the collector takes care of smaller ones. */
const worthRecycling = 2048

/** So many evaluations without any change of value or gradient, and the precision is exhausted. */
const patience = 120

const iterateOf = ({ params, value, grad, at, norm }: Evaluated): Iterate => ({ params, value, grad, height: at.value, norm })

const isFinite = (point: Iterate): boolean => Number.isFinite(point.height) && Number.isFinite(point.norm)

const still = (x: Node): Node => leaf(allocate(x.dtype, x.info.size), x.dtype, x.info)

/** The parameters are worth minimizing over. */
const checkedParameters = (name: string, x0: unknown): ReturnType<typeof parameters> => {
  const parts = parameters(name, x0)
  if (parts.leaves.every((x) => x.info.size === 0)) {
    throw new ShapeError(`${name}: the parameters are empty: there is nothing to minimize over`)
  }
  return parts
}

const whereNonFinite = (point: Iterate, params: readonly HostArray[]): 'value' | 'gradient' | 'parameters' =>
  params.some((data) => data.some((n) => !Number.isFinite(n))) ? 'parameters'
    : Number.isFinite(point.height) ? 'gradient' : 'value'

/** What transformations have told in this iteration. */
interface Told { updates: unknown; point: Point | null; leaf: Node | undefined; slope: Node | undefined }

/** Runs on the backend where its parameters are. */
export const minimizing = function* (
  name: string, f: Objective, x0: unknown, options: MinimizeAsyncOptions<unknown> = {}, isAsync = false,
): Steps<Solution<unknown>> {
  checkOptions(name, options, isAsync)
  const start = placed(name, x0, checkedParameters(name, x0).leaves, options.backend, isAsync)
  const backend = backendOf(leavesOf(start))
  try {
    return yield* descending({ name, f, x0, start, backend, options, isAsync })
  } finally {
    backend.drain?.()
  }
}

interface Task {
  readonly name: string
  readonly f: Objective
  /** As it was given. */
  readonly x0: unknown
  /** On the backend. */
  readonly start: unknown
  readonly backend: Backend
  readonly options: MinimizeAsyncOptions<unknown>
  readonly isAsync: boolean
}

const descending = function* ({ name, f, x0, start, backend, options, isAsync }: Task): Steps<Solution<unknown>> {
  const { leaves, structure } = flatten(start)
  const isDevice = backend.read !== undefined
  const isSingle = leaves.every((x) => epsilonOn(backend, x.dtype) > 2 ** -52)
  const {
    optimizer = standard, gradientTolerance = isSingle ? 1e-3 : 1e-5, decreaseTolerance = 0, norm = 'max',
    maxIterations = 1000, maxEvaluations = Infinity, maxSeconds = Infinity, onIteration, signal, resumeFrom, jit = true, snapshotSeconds = 1,
  } = options
  const inner = innerOf(optimizer)
  const { probe, valueFn } = problem(name, f, structure, norm, jit)
  const clock = watch({ maxEvaluations, maxSeconds, signal }, isAsync && !isDevice)
  const storage = recycler(backend, inner.lets && jit && (isDevice || leaves.some((x) => x.info.size >= worthRecycling)))
  storage.pin(x0, resumeFrom?.checkpoint)

  let evaluations = 0
  let tried: Evaluated[] = []
  const measured = (params: unknown, updates: unknown, length: number): Eventually<Evaluated> => {
    evaluations++
    const { params: to, value, grad, numbers, factor } = probe(params, updates, length)
    return reading(numbers, ([height, slope, size]): Evaluated => {
      const found = { params: to, value, grad, at: { step: length, value: height!, slope: factor * slope! }, norm: size! }
      tried.push(found)
      if (isDevice) storage.recycle([numbers], [found])
      return found
    })
  }
  const evaluate = (params: unknown, updates: unknown, length: number): Eventually<Evaluated> => {
    const stop = evaluations > 0 ? clock.reason(evaluations) : null
    if (stop !== null) throw new Interrupted(stop)
    return clock.isTired() ? after(rested(), () => measured(params, updates, length)) : measured(params, updates, length)
  }

  const at = function* (params: unknown): Steps<Iterate> {
    return iterateOf(yield* settled(measured(params, mapLeaves(still, params), -0))) // x + (−0)·0 is x, its zeros' signs too
  }

  let now: Checkpoint
  if (resumeFrom === undefined) {
    now = startingAt(yield* at(start), inner.init(start))
  } else {
    const before = resumed(name, resumeFrom.checkpoint, { leaves, structure })
    const here = resumed(name, yield* brought(before, backend), { leaves, structure })
    evaluations = here.evaluations
    now = here === before ? here : evaluatedAgain(here, yield* at(here.point.params))
  }
  evaluations = now.evaluations
  const resolution = resolutionOf(now.point.value)

  const solution = (end: Status, from: Iterate, at: Checkpoint = now): Solution<unknown> => ({
    params: from.params, value: from.height, grad: from.grad, gradientNorm: from.norm, status: end,
    iterations: at.iterations, evaluations, seconds: clock.elapsed(), checkpoint: at,
    precision: resolution > 2 ** -52 ? 'float32' : 'float64',
  })
  if (!isFinite(now.point)) {
    const where = yield* settled(fetching(leavesOf(now.point.params), (data) => whereNonFinite(now.point, data)))
    return solution(status.nonFinite(where, true), now.point)
  }

  /** Why to stop at this point. Convergence is claimed only where no better point is known. */
  const ending = ({ point, lowest, decrease, quiet, iterations }: Checkpoint): Status | null => {
    const isBest = point.height <= lowest + noise(resolution, point.height, lowest)
    if (isBest && point.norm <= gradientTolerance) return status.convergedByGradient(point.norm, gradientTolerance)
    if (isBest && decreaseTolerance > 0 && decrease !== null && decrease >= 0
      && decrease <= decreaseTolerance * Math.max(Math.abs(point.height), Math.abs(point.height + decrease))) {
      return status.convergedByDecrease(decrease, decreaseTolerance)
    }
    if (quiet >= patience) return status.stalled(point.norm)
    return iterations >= maxIterations ? status.iterationLimit(maxIterations) : clock.reason(evaluations)
  }

  const lowestTried = (): Evaluated | undefined =>
    tried.reduce<Evaluated | undefined>((low, p) => (p.at.value < (low?.at.value ?? Infinity) ? p : low), undefined)

  /** A probe that the search has given up; the best one is kept, in case that something stops the search. */
  const drop = (point: Point): void => {
    const low = lowestTried()
    const kept = tried.filter((p) => p.params !== point.params || p === low)
    if (kept.length < tried.length) storage.recycle([point.params, point.grad], [now, kept])
    tried = kept
  }

  const snapshots = keeper(backend, snapshotSeconds, inner.init)
  const told: Told = { updates: null, point: null, leaf: undefined, slope: undefined }
  const arrive: Driver['arrive'] = (updates, point) => {
    told.updates = updates
    told.point = point
  }
  const noteSlope: Driver['noteSlope'] = (leaf, slope) => {
    told.leaf = leaf
    told.slope = slope
  }
  const slopeAlong: Driver['slopeAlong'] = (leaf) => (leaf !== undefined && told.leaf === leaf ? told.slope : undefined)

  for (;;) {
    const end = ending(now)
    if (end !== null) {
      const hasConverged = end._tag === 'ConvergedByGradient' || end._tag === 'ConvergedByDecrease'
      return solution(end, hasConverged ? now.point : now.best)
    }
    const { point, state } = now
    tried = []
    told.updates = null // what was told before may have been released
    told.point = null
    told.leaf = undefined
    told.slope = undefined
    try {
      const snapshot = snapshots.due(now)
      if (snapshot !== null) yield* alongside(snapshot)
      const needs = {
        value: point.value, grad: point.grad, valueFn, probe: evaluate, drop, arrive, noteSlope, slopeAlong,
      } satisfies Driver & Record<string, unknown>
      const result = inner.run(point.grad, state, point.params, needs)
      const made = isSteps(result) ? yield* result : result
      const updates = made[0]
      const next = made[1]
      const found = told.point !== null && told.updates === updates ? told.point
        : yield* settled(evaluate(point.params, updates, 1))
      if (found.params === point.params) { // the search failed: once more from a fresh state, which is along the gradient
        if (now.isFresh) {
          return solution(status.searchFailed(searchState(next)?.info?.failure ?? 'stalled', point.norm), now.best)
        }
        now = { ...now, state: inner.init(point.params), isFresh: true, evaluations }
        continue
      }
      const reached = iterateOf(tried.find((p) => p.params === found.params)!)
      if (!isFinite(reached)) {
        return solution(status.nonFinite(Number.isFinite(reached.height) ? 'gradient' : 'value', false), now.best)
      }
      const before = now
      now = moveTo(before, reached, next, evaluations, resolution)
      storage.recycle([before, tried, updates, told.slope], [now])
    } catch (error) {
      if (isDeviceFailure(error)) {
        const rescued = yield* snapshots.rescued(now)
        if (rescued !== null) {
          storage.recycle([now, tried, told.updates, told.slope], [rescued])
          return solution(status.deviceFailed(error), rescued.point, rescued)
        }
      }
      if (!(error instanceof Interrupted)) throw error
      const low = lowestTried()
      const isBetter = low !== undefined && low.at.value < now.lowest && Number.isFinite(low.norm)
      return solution(error.status, isBetter ? iterateOf(low) : now.best)
    }
    onIteration?.(progress(now, clock.elapsed(), storage.pin))
  }
}
