// Compute pipelines, made once for each text and each way of binding.
import { GpuValidationError } from '../../../core/errors.ts'
import { computeStage, type DeviceLike, type Labelled, type ShaderModuleLike } from '../gpu.ts'
import type { Faults } from './faults.ts'

/** How the storage of a kernel is bound: one letter for each binding of group 1. */
export interface Layout {
  /** r: storage that is read; w: storage that is written, or both; u: a uniform. */
  readonly signature: string
  readonly group: Labelled
  readonly pipeline: Labelled
}

export interface Kernel {
  readonly label: string
  readonly layout: Layout
  readonly pipeline: Labelled
}

const bindingTypes: Readonly<Record<string, string>> = { r: 'read-only-storage', w: 'storage', u: 'uniform' }

/** Far more than a program needs; a process that makes ever new kernels forgets the oldest. */
const mostKernels = 1024

/** What the compiler says, with the lines it means. */
const reported = async (module: ShaderModuleLike, code: string, message: string): Promise<string> => {
  const lines = code.split('\n')
  try {
    const { messages } = await module.getCompilationInfo()
    const errors = messages.filter(({ type }) => type === 'error')
    if (errors.length === 0) return message
    return errors.map((e) => `${e.message}\n  ${e.lineNum}: ${lines[e.lineNum - 1]?.trim() ?? ''}`).join('\n')
  } catch {
    return message
  }
}

export class Pipelines {
  readonly #device: DeviceLike
  readonly #faults: Faults
  readonly #constants: Labelled
  readonly #layouts = new Map<string, Layout>()
  readonly #kernels = new Map<string, Map<string, Kernel>>()
  #count = 0

  /** `constants` is the layout of bind group 0. */
  constructor(device: DeviceLike, faults: Faults, constants: Labelled) {
    this.#device = device
    this.#faults = faults
    this.#constants = constants
  }

  /**
   * The kernel with this WGSL text, whose entry point is `main`. What the compiler refuses is told by the next read or
   * flush, with the label.
   */
  get(label: string, code: string, signature: string): Kernel {
    const known = this.#kernels.get(signature)?.get(code)
    if (known !== undefined) return known
    if (this.#count >= mostKernels) {
      this.#kernels.clear()
      this.#count = 0
    }
    const kernel = this.#make(label, code, this.layout(signature))
    const ofSignature = this.#kernels.get(signature)
    if (ofSignature === undefined) this.#kernels.set(signature, new Map([[code, kernel]]))
    else ofSignature.set(code, kernel)
    this.#count++
    return kernel
  }

  layout(signature: string): Layout {
    const known = this.#layouts.get(signature)
    if (known !== undefined) return known
    const entries = [...signature].map((letter, binding) =>
      ({ binding, visibility: computeStage, buffer: { type: bindingTypes[letter]! } }))
    const layout = this.#faults.watch('validation', `a layout of ${signature.length} bindings`, () => {
      const group = this.#device.createBindGroupLayout({ entries })
      const pipeline = this.#device.createPipelineLayout({ bindGroupLayouts: [this.#constants, group] })
      return { signature, group, pipeline }
    })
    this.#layouts.set(signature, layout)
    return layout
  }

  #make(label: string, code: string, layout: Layout): Kernel {
    let module: ShaderModuleLike
    const act = (): Labelled => {
      module = this.#device.createShaderModule({ code, label })
      const compute = { module, entryPoint: 'main' }
      return this.#device.createComputePipeline({ label, layout: layout.pipeline, compute })
    }
    const describe = async (message: string): Promise<GpuValidationError> =>
      new GpuValidationError(`webgpu: the kernel '${label}' does not compile: ${await reported(module, code, message)}`)
    // A driver that gives up on a valid text makes an internal error of it.
    const valid = (): Labelled => this.#faults.watch('validation', label, act, describe)
    return { label, layout, pipeline: this.#faults.watch('internal', label, valid, describe) }
  }
}
