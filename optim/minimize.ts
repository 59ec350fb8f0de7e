// The main job: a real objective of real and complex parameters to its minimum.
import { typed } from '../core/dual.ts'
import { runAsync, runSync } from './effects.ts'
import { minimizing } from './minimize/loop.ts'
import type { Objective } from './minimize/problem.ts'
import type { Minimize, MinimizeAsync, MinimizeAsyncOptions, MinimizeOptions, Solution } from './types.ts'

/**
 * Minimizes a real objective f of a tree of real and complex parameters, starting at x0.
 *
 * f is traced once per call: what it captures has the value it had at the call. With `{ jit: false }` it is run anew for each
 * evaluation and may decide by values.
 *
 * The result is the best point found, whatever the `status`: `ConvergedByGradient` (the largest number in the gradient, real
 * and imaginary parts apart, is at most `gradientTolerance`; with `norm: 2` its length), `ConvergedByDecrease`,
 * `StalledAtPrecision`, `IterationLimit`, `EvaluationLimit`, `TimeLimit`, `LineSearchFailed`, `NonFinite`, `Aborted`. When
 * no step along a direction is acceptable, the optimizer starts afresh once, before the search counts as failed.
 *
 * `resumeFrom: solution` goes on where a solution ended, to the bit as if it had not; limits count from the first start.
 * What f or `onIteration` throws passes through.
 *
 * @throws OptionError for options that are unknown or out of range
 * @throws ObjectiveError when f is complex, no scalar, or independent of its parameters
 * @throws DTypeError, ShapeError or TreeError for parameters that are integers, empty, or no tensors
 * @example
 * ```ts
 * import { minimize, tensor } from 'wirtinger'
 * const A = tensor([[{ re: 1, im: 1 }, 2], [0, { re: 0, im: 1 }]])
 * const b = tensor([{ re: 1, im: 3 }, { re: -1, im: 0 }])
 * const { params, status } = minimize((z) => A.matmul(z).sub(b).abs2().sum(), tensor([{ re: 0, im: 0 }, { re: 0, im: 0 }]))
 * console.log(status._tag, params.sub(tensor([{ re: 1, im: 0 }, { re: 0, im: 1 }])).abs().max().less(1e-4).item()) // ConvergedByGradient true
 * ```
 * @see J. Nocedal and S. Wright, Numerical Optimization, 2nd ed., chapter 7
 */
export const minimize: Minimize = typed((f: Objective, x0: unknown, options?: MinimizeOptions<unknown>): Solution<unknown> =>
  runSync(minimizing('minimize', f, x0, options)))

/**
 * `minimize` on any backend, such as `{ backend: await webgpu() }`: it waits for the device where it reads numbers, and lets
 * timers and events have their turn, so that a signal can abort it.
 *
 * Parameters, gradients and what the optimizer remembers stay on the device; an evaluation costs one read, of a few numbers.
 * `precision` of the solution says how finely it was computed, and tolerances go by that. `resumeFrom` takes a solution from
 * another backend, too: it evaluates the objective once more there.
 *
 * When the device fails, the status is `DeviceFailed`, and the solution is the best point that could be brought to the host:
 * it is copied there every `snapshotSeconds`. If that had not happened yet, the promise is rejected.
 *
 * @throws OptionError, ObjectiveError, DTypeError, ShapeError, TreeError as minimize does
 * @example
 * ```ts
 * import { minimizeAsync, tensor } from 'wirtinger'
 * const { value } = await minimizeAsync((x) => x.sub(1).square().sum(), tensor([3, 4]))
 * console.log(value < 1e-9) // true
 * ```
 */
export const minimizeAsync: MinimizeAsync = typed(
  async (f: Objective, x0: unknown, options?: MinimizeAsyncOptions<unknown>): Promise<Solution<unknown>> =>
    runAsync(minimizing('minimizeAsync', f, x0, options, true)))
