// The order of things on the device. Commands are recorded in one encoder and submitted together: by a read, by a
// flush, or by a microtask for work that nobody reads.
import { GpuValidationError } from '../../../core/errors.ts'
import { mapForReading } from '../gpu.ts'
import type { BufferLike, ComputePassLike, DeviceLike, EncoderLike, Labelled } from '../gpu.ts'
import type { Bindings } from './bindings.ts'
import type { Faults } from './faults.ts'
import type { Slice } from './owned.ts'
import type { Kernel } from './pipelines.ts'
import type { Block } from './pool.ts'
import { Staging } from './staging.ts'

declare const navigator: { readonly userAgent?: string } | undefined

/** What has been asked of the device since it was opened. */
export interface Counts {
  submits: number
  dispatches: number
  copies: number
  writes: number
  reads: number
  bytesUp: number
  bytesDown: number
}

/** Nobody may leave a synchronous loop for long; the device need not idle meanwhile. */
const mostRecorded = 1024
const mostNamed = 20

/**
 * Firefox looks only every 100 ms whether a buffer is mapped, unless something is submitted after the call: with an
 * empty submit a read takes no longer than its work. https://bugzilla.mozilla.org/show_bug.cgi?id=1870699
 */
const isFirefox = (): boolean => typeof navigator !== 'undefined' && /firefox/i.test(navigator.userAgent ?? '')

const among = (labels: readonly string[]): string => {
  const kernels = [...new Set(labels)]
  if (kernels.length === 0) return ''
  return ` (kernels: ${kernels.slice(0, mostNamed).join('; ')}${kernels.length > mostNamed ? '; …' : ''})`
}

export class Queue {
  readonly counts: Counts = { submits: 0, dispatches: 0, copies: 0, writes: 0, reads: 0, bytesUp: 0, bytesDown: 0 }
  readonly #device: DeviceLike
  readonly #faults: Faults
  readonly #constants: Labelled
  readonly #staging: Staging
  readonly #whileWaiting: () => Promise<void> | null
  readonly #needsSubmit = isFirefox()
  #encoder: EncoderLike | null = null
  #pass: ComputePassLike | null = null
  #kernel: Kernel | null = null
  /** Number of the recording. A block that carries it as its stamp is used by what is recorded. */
  #recording = 1
  #recorded = 0
  /** Of the recorded kernels, for the error if they are refused: WebGPU does not say which it means. */
  #labels: string[] = []
  #isScheduled = false

  /** `constants` is the bind group 0 of every kernel. `whileWaiting` does what is best done during a read. */
  constructor(device: DeviceLike, faults: Faults, constants: Labelled, whileWaiting: () => Promise<void> | null) {
    this.#device = device
    this.#faults = faults
    this.#constants = constants
    this.#staging = new Staging(device, faults)
    this.#whileWaiting = whileWaiting
  }

  dispatch(kernel: Kernel, bindings: Bindings, x: number, y: number): void {
    const pass = this.#pass ?? this.#openPass()
    if (kernel !== this.#kernel) {
      pass.setPipeline(kernel.pipeline)
      this.#kernel = kernel
    }
    pass.setBindGroup(1, bindings.group)
    pass.dispatchWorkgroups(x, y)
    for (const block of bindings.blocks) block.stamp = this.#recording
    this.#labels.push(kernel.label)
    this.counts.dispatches++
    this.#recordedOne()
  }

  copy(from: Block, fromOffset: number, to: Block, toOffset: number, bytes: number): void {
    this.#outsidePass().copyBufferToBuffer(from.buffer, fromOffset, to.buffer, toOffset, bytes)
    from.stamp = this.#recording
    to.stamp = this.#recording
    this.counts.copies++
    this.#recordedOne()
  }

  /** Fills with zeros. */
  clear(block: Block, offset: number, bytes: number): void {
    this.#outsidePass().clearBuffer(block.buffer, offset, bytes)
    block.stamp = this.#recording
    this.#recordedOne()
  }

  /** Whether what is recorded uses a block: a write into it has to submit that first. */
  isRecorded(block: Block): boolean { return block.stamp === this.#recording }

  /**
   * Copies from the host: at once, so what is recorded goes first if it uses the block. Offset and length are whole
   * words.
   */
  write(block: Block, offset: number, data: ArrayBufferView): void {
    if (this.isRecorded(block)) this.flush()
    this.#device.queue.writeBuffer(block.buffer, offset, data)
    this.counts.writes++
    this.counts.bytesUp += data.byteLength
  }

  /**
   * Submits what is recorded, if there is anything.
   *
   * @throws the first fault of the device: DeviceLostError, GpuValidationError, GpuOutOfMemoryError
   */
  flush(): void {
    this.#submit()
    this.#faults.check()
  }

  /** Submits what is recorded, and leaves faults to whoever asks next: tidying up must not hide what went wrong before. */
  settle(): void { this.#submit() }

  /**
   * Submits what is recorded together with copies of these slices, at once, and maps the copies in one piece.
   * Rejects with the first fault of the device.
   */
  async read(slices: readonly Slice[]): Promise<ArrayBuffer[]> {
    this.#faults.check()
    const total = slices.reduce((sum, slice) => sum + slice.bytes, 0)
    if (total === 0) return slices.map(() => new ArrayBuffer(0))
    const staging = this.#staging.take(total)
    this.#copyAll(slices, staging)
    this.#submit()
    this.counts.reads++
    this.counts.bytesDown += total
    const mapping = staging.mapAsync(mapForReading, 0, total)
    if (this.#needsSubmit) this.#device.queue.submit([])
    const other = this.#whileWaiting()
    try {
      await mapping
    } catch (cause) {
      throw await this.#faults.refused(cause)
    }
    await this.#faults.settle() // a refused submit leaves what the buffer held before
    if (other !== null) await other
    const mapped = staging.getMappedRange(0, total)
    let at = 0
    const read = slices.map(({ bytes }) => mapped.slice(at, at += bytes))
    staging.unmap()
    this.#staging.give(staging)
    return read
  }

  /** Slices that follow each other in a block are copied in one piece. */
  #copyAll(slices: readonly Slice[], staging: BufferLike): void {
    const encoder = this.#outsidePass()
    let at = 0
    for (let k = 0; k < slices.length;) {
      const { block, offset } = slices[k]!
      let bytes = 0
      for (; k < slices.length; k++) {
        const next = slices[k]!
        if (next.block !== block || next.offset !== offset + bytes) break
        bytes += next.bytes
      }
      if (bytes > 0) encoder.copyBufferToBuffer(block.buffer, offset, staging, at, bytes)
      at += bytes
    }
  }

  #openPass(): ComputePassLike {
    this.#encoder ??= this.#device.createCommandEncoder()
    const pass = this.#encoder.beginComputePass()
    pass.setBindGroup(0, this.#constants)
    this.#pass = pass
    return pass
  }

  #outsidePass(): EncoderLike {
    this.#pass?.end()
    this.#pass = null
    this.#kernel = null
    return this.#encoder ??= this.#device.createCommandEncoder()
  }

  #recordedOne(): void {
    if (++this.#recorded >= mostRecorded) this.#submit()
    else if (!this.#isScheduled) {
      this.#isScheduled = true
      void Promise.resolve().then(() => {
        this.#isScheduled = false
        this.#submit() // its faults are kept for the next flush or read
      })
    }
  }

  #submit(): void {
    if (this.#encoder === null) return
    const encoder = this.#outsidePass()
    this.#encoder = null
    this.#recorded = 0
    this.#recording++
    this.counts.submits++
    const labels = this.#labels
    this.#labels = []
    this.#faults.watch('validation', 'commands', () => this.#device.queue.submit([encoder.finish()]), (message) =>
      new GpuValidationError(`webgpu: commands were refused${among(labels)}: ${message}`))
  }
}
