// Reading: numbers out of tensors.
import { DeviceArray, isBackend, type Backend, type Storage } from './backend.ts'
import { isComplex, type Complex, type HostArray } from './dtype.ts'
import { BackendError, ShapeError, TraceError } from './errors.ts'
import { force, hostArray } from './evaluate.ts'
import { leaf, type Node } from './node.ts'
import { show } from './shape.ts'

type Element = number | boolean | Complex
type Nested = Element | readonly Nested[]

const elementAt = (x: Node, data: HostArray): ((k: number) => Element) =>
  isComplex(x.dtype) ? (k) => ({ re: data[2 * k]!, im: data[2 * k + 1]! })
  : x.dtype === 'bool' ? (k) => data[k] === 1
  : (k) => data[k]!

export const item = (x: Node): Element => {
  if (x.info.size !== 1) {
    throw new ShapeError(`item: a tensor ${show(x.info)} has ${x.info.size} elements, not one: use toArray(), or at() first`)
  }
  return elementAt(x, hostArray(x, 'item'))(0)
}

export const toArray = (x: Node): Nested => {
  const element = elementAt(x, hostArray(x, 'toArray'))
  const { dims, strides } = x.info
  const walk = (axis: number, offset: number): Nested =>
    axis === dims.length ? element(offset)
    : Array.from({ length: dims[axis]! }, (_, k) => walk(axis + 1, offset + k * strides[axis]!))
  return walk(0, 0)
}

export const toTypedArray = (x: Node): HostArray => hostArray(x, 'toTypedArray').slice()

export const view = (x: Node): HostArray => hostArray(x, 'view')

/** Numbers that are on the host already. */
export const known = (data: Storage): HostArray | null => (data instanceof DeviceArray ? data.known : data)

/** The storage of several tensors, on the host; each device is asked once. What is one element is remembered. */
export const readAll = async (xs: readonly Node[]): Promise<readonly HostArray[]> => {
  const data = xs.map((x) => force(x, 'read'))
  const wanted = new Map<Backend, Set<DeviceArray>>()
  for (const d of data) {
    if (!(d instanceof DeviceArray) || d.known !== null) continue
    const there = wanted.get(d.backend)
    if (there === undefined) wanted.set(d.backend, new Set([d]))
    else there.add(d)
  }
  const found = new Map<DeviceArray, HostArray>()
  for (const [backend, arrays] of wanted) {
    if (backend.read === undefined) throw new BackendError(`read: the backend ${backend.name} cannot be read`)
    const asked = [...arrays]
    const numbers = await backend.read(asked)
    asked.forEach((d, k) => {
      found.set(d, numbers[k]!)
      if (d.length <= 2) d.known = numbers[k]!
    })
  }
  return data.map((d) => (d instanceof DeviceArray ? d.known ?? found.get(d)! : d))
}

/** The numbers of one tensor, wherever it is: a copy. */
export const read = async (x: Node): Promise<HostArray> => (await readAll([x]))[0]!.slice()

/** The tensor on a device: a copy, or the tensor itself if it is there already. */
export const to = (x: Node, backend: Backend): Node => {
  if (!isBackend(backend)) throw new BackendError('to: a backend has a name and compile(program)')
  if (x.owner !== null && x.owner.open) {
    throw new TraceError(`to: the tensor belongs to the trace of '${x.owner.name}': place what goes into the function, not what is inside`)
  }
  const data = force(x, 'to')
  if (data instanceof DeviceArray ? data.backend === backend : backend.place === undefined) return x
  if (data instanceof DeviceArray) {
    throw new BackendError(`to: the tensor is on ${data.backend.name}, and nothing leaves a device by itself: `
      + 'fromTypedArray(await x.read(), x.shape, x.dtype) is a tensor on the host')
  }
  return leaf(backend.place!(data, x.dtype), x.dtype, x.info)
}
