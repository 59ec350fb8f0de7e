// A device on which reading takes time: the CPU backend behind arrays whose numbers come asynchronously, and are counted.
import { cpu } from '../../backends/cpu/index.ts'
import { DeviceArray, type Backend, type Storage } from '../../core/backend.ts'
import type { DType, HostArray } from '../../core/dtype.ts'
import { DeviceLostError } from '../../core/errors.ts'

export interface SlowDevice extends Backend {
  /**
   * Reads; program runs, and stretches of them without any waiting, which a device is sent in one piece; numbers that came,
   * tensors that went, and those that are there.
   */
  readonly counts: { reads: number; runs: number; submits: number; numbersRead: number; uploads: number; live: number }
  /** From now on it fails. */
  lose(): void
}

export const slowDevice = (epsilon?: (dtype: DType) => number): SlowDevice => {
  const counts = { reads: 0, runs: 0, submits: 0, numbersRead: 0, uploads: 0, live: 0 }
  let isLost = false
  let isOpen = false
  const check = (): void => { if (isLost) throw new DeviceLostError('slow: the device is lost') }

  class SlowArray extends DeviceArray {
    readonly backend: Backend = device
    readonly dtype: DType
    readonly length: number
    readonly data: HostArray
    isReleased = false
    constructor(data: HostArray, dtype: DType) {
      super()
      this.data = data
      this.dtype = dtype
      this.length = data.length
      counts.live++
    }
  }

  const dataOf = (x: Storage): HostArray => {
    if (!(x instanceof DeviceArray)) {
      if (x.length > 2) counts.uploads++
      return x
    }
    if (!(x instanceof SlowArray)) throw new Error('an array of another device')
    if (x.isReleased) throw new Error('an array is used after it was released')
    return x.data
  }

  const device: SlowDevice = {
    name: 'slow',
    counts,
    lose: () => { isLost = true },
    compile: (program) => {
      const executable = cpu.compile(program)
      return {
        explain: executable.explain,
        run: (inputs) => {
          check()
          counts.runs++
          if (!isOpen) {
            isOpen = true
            counts.submits++
            queueMicrotask(() => { isOpen = false })
          }
          const data = inputs.map(dataOf)
          const results = executable.run(data) as readonly HostArray[] // the CPU backend knows no others
          const wrapped = new Map<HostArray, SlowArray>()
          return results.map((x, k) => {
            const from = inputs[data.indexOf(x)]
            if (from instanceof DeviceArray) return from
            const made = wrapped.get(x) ?? new SlowArray(x, program.equations[program.outputs[k]!]!.dtype)
            wrapped.set(x, made)
            return made
          })
        },
      }
    },
    place: (data, dtype) => {
      check()
      counts.uploads++
      return new SlowArray(data.slice(), dtype)
    },
    read: async (arrays) => {
      check()
      counts.reads++
      isOpen = false
      const data = arrays.map(dataOf)
      await new Promise((resolve) => { setImmediate(resolve) })
      check()
      for (const d of data) counts.numbersRead += d.length
      return data.map((d) => d.slice())
    },
    ...epsilon === undefined ? {} : { epsilon },
    release: (x) => {
      if (!(x instanceof SlowArray)) return
      if (x.isReleased) throw new Error('an array is released twice')
      x.isReleased = true
      counts.live--
    },
  }
  return device
}
