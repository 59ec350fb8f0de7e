// What goes wrong on a device is told later, by promises and events. Here it is collected: the first fault is kept and
// thrown by whoever asks next, and a read waits until all that was issued before it has been judged.
import { DeviceLostError, GpuOutOfMemoryError, GpuValidationError, type WirtingerError } from '../../../core/errors.ts'
import type { DeviceLike, ErrorFilter } from '../gpu.ts'

export type Fault = DeviceLostError | GpuValidationError | GpuOutOfMemoryError
type Describe = (message: string) => Fault | Promise<Fault>

const invalid = (what: string) => (message: string): Fault =>
  new GpuValidationError(`webgpu: ${what} was refused: ${message}`)

const noMemory = (what: string) => (message: string): Fault => new GpuOutOfMemoryError(
  `webgpu: the device has no memory for ${what} (${message}): make a new backend with a smaller memoryBudget, and hold `
  + 'fewer tensors')

const descriptions = { validation: invalid, internal: invalid, 'out-of-memory': noMemory } as const

export class Faults {
  isLost = false
  readonly #device: DeviceLike
  readonly #open = new Set<Promise<void>>()
  #begun = 0
  #first: { readonly order: number; readonly fault: Fault } | null = null

  /** Only the errors of a device of our own are all ours; a caller's device tells us what happens in our scopes. */
  constructor(device: DeviceLike, isOurs: boolean) {
    this.#device = device
    void device.lost.then(({ reason, message }) => {
      this.isLost = true
      this.#keep(this.#begun, new DeviceLostError(
        `webgpu: the device is lost (${reason === '' ? 'unknown' : reason}${message === '' ? '' : `: ${message}`}): `
        + 'make a new backend by webgpu(), and go on from values that were read or from a checkpoint'))
    })
    if (!isOurs) return
    device.addEventListener('uncapturederror', (event) => {
      event.preventDefault()
      const what = descriptions[/memory/i.test(event.error.message) ? 'out-of-memory' : 'validation']
      this.#keep(this.#begun, what('a command')(event.error.message))
    })
  }

  #keep(order: number, fault: Fault): void {
    if (this.#first === null || order < this.#first.order) this.#first = { order, fault }
  }

  /** The first fault. */
  get fault(): WirtingerError | null { return this.#first?.fault ?? null }

  /** Throws the first fault, if there is one. */
  check(): void {
    if (this.#first !== null) throw this.#first.fault
  }

  /** Does it in an error scope. `describe` turns WebGPU's message into the error that is kept. */
  watch<T>(filter: ErrorFilter, what: string, act: () => T, describe: Describe = descriptions[filter](what)): T {
    const order = this.#begun++
    this.#device.pushErrorScope(filter)
    try {
      return act()
    } finally {
      const judged: Promise<void> = this.#device.popErrorScope().then(
        async (error) => {
          if (error !== null) this.#keep(order, await describe(error.message))
          this.#open.delete(judged)
        },
        () => { this.#open.delete(judged) }, // only a lost device refuses to tell, and that is known by itself
      )
      this.#open.add(judged)
    }
  }

  /** Waits for the verdict on all that was done so far, and throws the first fault. */
  async settle(): Promise<void> {
    if (this.#open.size > 0) await Promise.all(this.#open)
    this.check()
  }

  /** The error for a read that the device refused: WebGPU refuses what is invalid, and everything once it is lost. */
  async refused(cause: unknown): Promise<Fault> {
    await Promise.all(this.#open)
    const message = `webgpu: a read failed, so the device is taken for lost: ${String(cause)}`
    return this.#first?.fault ?? new DeviceLostError(message, { cause })
  }
}
