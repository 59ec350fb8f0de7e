// The port through which programs run, and where numbers may lie. Backends know programs and arrays; they know nothing of
// nodes, traces or derivatives.
import type { DType, HostArray } from './dtype.ts'
import { epsilon } from './dtype.ts'
import type { Program } from './equation.ts'
import { BackendError } from './errors.ts'

/** The numbers of one tensor on a device. They can be read, with await, and used there. */
export abstract class DeviceArray {
  abstract readonly backend: Backend
  abstract readonly dtype: DType
  /** In numbers: two for each complex element. */
  abstract readonly length: number
  /** What has been read of it already; only single elements are kept. */
  known: HostArray | null = null
}

/** Where a tensor's numbers are: in a typed array, or on a device. */
export type Storage = HostArray | DeviceArray

export interface Executable {
  /**
   * Inputs in the program's order; those on the host flow to the device by themselves. Results are fresh, except that an
   * output that is an input, or shows the same storage as another dtype or shape, is that input's storage. A method, since
   * a backend without `place` is never given anything but typed arrays.
   */
  run(inputs: readonly Storage[]): readonly Storage[]
  /** The generated kernels as text. */
  readonly explain: () => string
}

export interface Backend {
  readonly name: string
  readonly compile: (program: Program) => Executable
  /** Copies numbers to the device. Absent where the host's typed arrays are what the backend computes with. */
  readonly place?: (data: HostArray, dtype: DType) => DeviceArray
  /** Reads arrays of this device, all at once, each in the typed array of its dtype. */
  readonly read?: (arrays: readonly DeviceArray[]) => Promise<readonly HostArray[]>
  /** Distance from 1 to the next number with which this dtype is really computed; the dtype's own if absent. */
  readonly epsilon?: (dtype: DType) => number
  /** Takes back storage that nobody else can hold, to be handed out again. Only drivers call it. */
  release?(data: Storage): void
  /** Forgets what was released. */
  readonly drain?: () => void
}

/** A backend that computes with typed arrays. */
export interface HostExecutable extends Executable { run(inputs: readonly HostArray[]): readonly HostArray[] }
export interface HostBackend extends Backend { readonly compile: (program: Program) => HostExecutable }

let chosen: Backend | null = null

export const isBackend = (x: unknown): x is Backend =>
  typeof x === 'object' && x !== null && 'compile' in x && typeof x.compile === 'function' && 'name' in x

/**
 * Makes `backend` the one on which tensors are evaluated whose operands are all on the host. Tensors on a device stay there.
 *
 * @throws BackendError for what is no backend
 * @example
 * ```ts
 * import { cpu, tensor, useBackend } from 'wirtinger'
 * useBackend(cpu) // importing wirtinger has done so
 * console.log(tensor(2).sqrt().item() === Math.SQRT2) // true
 * ```
 */
export const useBackend = (backend: Backend): void => {
  if (!isBackend(backend)) throw new BackendError('useBackend: a backend has a name and compile(program)')
  chosen = backend
}

export const currentBackend = (): Backend => {
  if (chosen === null) throw new BackendError("no backend is chosen: import from 'wirtinger', or call useBackend(...)")
  return chosen
}

/** Where an operation on these arrays runs: with its operands, or on the chosen backend if all are on the host. */
export const placeOf = <A>(operands: readonly A[], storageOf: (operand: A) => Storage | null): Backend => {
  let place: Backend | null = null
  for (const x of operands) {
    const data = storageOf(x)
    if (!(data instanceof DeviceArray) || data.backend === place) continue
    if (place !== null) {
      throw new BackendError(`an operation has operands on two devices, ${place.name} and ${data.backend.name}: read one of them `
        + '(await x.read()), make a tensor of it with fromTypedArray(), and place that with to(backend)')
    }
    place = data.backend
  }
  return place ?? currentBackend()
}

/** The precision with which a backend computes. */
export const epsilonOn = (backend: Backend, dtype: DType): number => backend.epsilon?.(dtype) ?? epsilon(dtype)
