// Counts what is asked of a device. The device and the objects it makes stay themselves (their methods are covered by
// counting ones, object by object), so WebGPU takes them as arguments as ever. Nothing here needs Node: it counts in
// a page too.

/** What was asked of a device since the counting began. */
export interface Counts {
  readonly submits: number
  readonly encoders: number
  readonly passes: number
  readonly dispatches: number
  readonly workgroups: number
  readonly shaderModules: number
  readonly pipelines: number
  readonly bindGroups: number
  readonly buffersCreated: number
  readonly buffersDestroyed: number
  /** Copies between buffers, in encoders. */
  readonly copies: number
  /** Calls of `mapAsync` for reading, and the bytes they ask for. */
  readonly reads: number
  readonly bytesRead: number
  /** Calls of `writeBuffer`, and buffers mapped for writing. */
  readonly uploads: number
  readonly bytesUploaded: number
}

/** The buffers that were made and not destroyed. One that is only forgotten stays alive here. */
export interface Live {
  readonly buffers: number
  readonly bytes: number
  /** The most bytes that lived at once since the last reset. */
  readonly peak: number
}

export interface Counter {
  /** The device that was given. */
  readonly device: GPUDevice
  readonly counts: () => Counts
  /** What a piece of work alone asked for. */
  readonly during: (work: () => unknown) => Promise<Counts>
  readonly live: () => Live
  /** The WGSL of all shader modules since the last reset, in the order in which they were made. */
  readonly shaders: () => readonly string[]
  readonly reset: () => void
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] }
type Arguments<M> = M extends (...values: infer A) => unknown ? A : never
type Result<M> = M extends (...values: never) => infer R ? R : never

/** Has `see` told of every call of a method of one object. */
const watch = <T extends object, K extends keyof T>(
  object: T,
  name: K,
  see: (values: Arguments<T[K]>, result: Result<T[K]>) => void,
): void => {
  const method = object[name]
  if (typeof method !== 'function') throw new TypeError(`${String(name)} is no method`)
  const value = (...values: Arguments<T[K]>): Result<T[K]> => {
    const result = Reflect.apply(method, object, values)
    see(values, result)
    return result
  }
  Object.defineProperty(object, name, { value, configurable: true })
}

const none: Counts = {
  submits: 0,
  encoders: 0,
  passes: 0,
  dispatches: 0,
  workgroups: 0,
  shaderModules: 0,
  pipelines: 0,
  bindGroups: 0,
  buffersCreated: 0,
  buffersDestroyed: 0,
  copies: 0,
  reads: 0,
  bytesRead: 0,
  uploads: 0,
  bytesUploaded: 0,
}
// The keys of an object are strings to TypeScript; these are those of the literal above.
const keys = Object.keys(none) as readonly (keyof Counts)[]

interface State {
  readonly counts: Mutable<Counts>
  readonly live: Mutable<Live>
}

const upload = ({ counts }: State, bytes: number): void => {
  counts.uploads++
  counts.bytesUploaded += bytes
}

const watchBuffer = (buffer: GPUBuffer, state: State): void => {
  const { counts, live } = state
  const { size } = buffer
  let alive = true
  counts.buffersCreated++
  live.buffers++
  live.bytes += size
  live.peak = Math.max(live.peak, live.bytes)
  watch(buffer, 'mapAsync', ([mode, offset = 0, bytes = size - offset]) => {
    if (mode !== GPUMapMode.READ) return upload(state, bytes)
    counts.reads++
    counts.bytesRead += bytes
  })
  watch(buffer, 'destroy', () => {
    if (!alive) return
    alive = false
    counts.buffersDestroyed++
    live.buffers--
    live.bytes -= size
  })
}

const watchEncoder = (encoder: GPUCommandEncoder, { counts }: State): void => {
  counts.encoders++
  watch(encoder, 'copyBufferToBuffer', () => counts.copies++)
  watch(encoder, 'beginComputePass', (_, pass) => {
    counts.passes++
    watch(pass, 'dispatchWorkgroupsIndirect', () => counts.dispatches++)
    watch(pass, 'dispatchWorkgroups', ([x, y = 1, z = 1]) => {
      counts.dispatches++
      counts.workgroups += x * y * z
    })
  })
}

const watchQueue = (queue: GPUQueue, state: State): void => {
  watch(queue, 'submit', () => state.counts.submits++)
  watch(queue, 'writeBuffer', ([_buffer, _at, data, offset = 0, length]) => {
    // Offset and length count elements of a typed array, and bytes of anything else.
    const { BYTES_PER_ELEMENT: unit = 1 } = data as { readonly BYTES_PER_ELEMENT?: number }
    upload(state, length === undefined ? data.byteLength - offset * unit : length * unit)
  })
}

const watchDevice = (device: GPUDevice, state: State, shaders: string[]): void => {
  const { counts } = state
  watch(device, 'createBuffer', ([descriptor], buffer) => {
    watchBuffer(buffer, state)
    if (descriptor.mappedAtCreation === true) upload(state, descriptor.size)
  })
  watch(device, 'createShaderModule', ([{ code }]) => {
    counts.shaderModules++
    shaders.push(code)
  })
  watch(device, 'createComputePipeline', () => counts.pipelines++)
  watch(device, 'createComputePipelineAsync', () => counts.pipelines++)
  watch(device, 'createBindGroup', () => counts.bindGroups++)
  watch(device, 'createCommandEncoder', (_, encoder) => watchEncoder(encoder, state))
  watchQueue(device.queue, state)
}

/** Counts from now on what is asked of a device: hand the same device to whoever is to be watched. */
export const countDevice = (device: GPUDevice): Counter => {
  const state: State = { counts: { ...none }, live: { buffers: 0, bytes: 0, peak: 0 } }
  const shaders: string[] = []
  watchDevice(device, state, shaders)
  const counts = (): Counts => ({ ...state.counts })
  return {
    device,
    counts,
    during: async (work) => {
      const before = counts()
      await work()
      const used = counts() as Mutable<Counts>
      for (const key of keys) used[key] -= before[key]
      return used
    },
    live: () => ({ ...state.live }),
    shaders: () => [...shaders],
    reset: () => {
      Object.assign(state.counts, none)
      state.live.peak = state.live.bytes
      shaders.length = 0
    },
  }
}
