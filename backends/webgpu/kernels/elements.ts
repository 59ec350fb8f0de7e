// What kernels of one thread per element have in common: sizes with names, and a loop over the elements, so that few
// workgroups serve where a processor plays the device and no grid is too large for one dimension.
import type { DType } from '../../../core/dtype.ts'
import type { ArrayUse, Dispatch, Maker, Target } from '../dispatch.ts'

/** Sizes that the kernel's text calls by name. */
export type Sizes = Readonly<Record<string, number>>

/** Lets that name a kernel's parameters. Differences of strides may be negative: u32 arithmetic wraps. */
export const named = (sizes: Sizes): { readonly lets: string; readonly parameters: readonly number[] } => ({
  lets: Object.keys(sizes).map((name, k) => `let ${name} = p${k};`).join('\n'),
  parameters: Object.values(sizes).map((size) => size >>> 0),
})

/** Threads of a workgroup that shares nothing. */
export const groupSize = (target: Target): number => (target.isSoftware ? 64 : Math.min(256, target.workgroupThreads))

const mostGroups = (target: Target): number => (target.isSoftware ? 16 : 8192)

/** Workgroups for so many independent items, one to a thread at a time. */
export const groupsFor = (target: Target, items: number): number =>
  Math.max(1, Math.min(mostGroups(target), Math.ceil(items / groupSize(target))))

export interface ElementKernel {
  readonly label: string
  readonly arrays: readonly ArrayUse[]
  readonly declarations?: string
  readonly sizes?: Sizes
  readonly count: number
  /** The statements for element `i`, a u32. */
  readonly body: string
}

/** Runs a body for every i < count. */
export const eachElement = (target: Target, kernel: ElementKernel): Dispatch => {
  const workgroups = groupsFor(target, kernel.count)
  const workgroupSize = groupSize(target)
  const { lets, parameters } = named({ count: kernel.count, threads: workgroups * workgroupSize, ...kernel.sizes })
  return {
    label: kernel.label, arrays: kernel.arrays, declarations: kernel.declarations ?? '',
    workgroupSize, workgroups, parameters,
    body: `${lets}\nfor (var i = thread; i < count; i += threads) {\n${kernel.body}\n}`,
  }
}

export const isInteger = (dtype: DType): boolean => dtype === 'int32' || dtype === 'bool'

/** The WGSL type of an array's numbers. */
export const numberType = (dtype: DType): 'i32' | 'f32' => (isInteger(dtype) ? 'i32' : 'f32')

/** A statement that writes one number of a result, with what a number that the host reads has beside it. */
export const store = (maker: Maker, buffer: number, name: string, index: string, value: string): string => {
  if (!maker.isRoot(buffer)) return `set_${name}(${index}, ${value});`
  return isInteger(maker.buffers[buffer]!.dtype)
    ? `set_${name}(0u, ${value}); set_${name}(1u, 0i); set_${name}(2u, 0i);`
    : `{ let root = ${value};
  set_${name}(0u, root); set_${name}(1u, 0.0); set_${name}(2u, select(1.0, 0.0, is_finite(root))); }`
}
