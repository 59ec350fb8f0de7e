// The public functions of core, typed; and every operation as a method of every tensor. One line per function: what it
// is, and when a call already holds its tensor. The docstrings are in types/.
import * as construct from './construct.ts'
import { always, byCount, byOperands, byPositions, byTensor, dual, install, typed } from './dual.ts'
import { jit as compile } from './jit.ts'
import { Node } from './node.ts'
import { range as rangeOf } from './operations/at.ts'
import { einsum as contract } from './operations/einsum.ts'
import { fftfreq as frequencies } from './operations/fourier.ts'
import { concat as concatenate, stack as stackUp } from './operations/movement.ts'
import { operations } from './operations/table.ts'
import { print } from './print.ts'
import * as numbers from './random.ts'
import * as reading from './read.ts'
import type { Construction, Jit, Operations, Random } from './types.ts'

install(operations)
const { item, toArray, toTypedArray, view, read, to } = reading
install({ item, toArray, toTypedArray, view, read, to, toString: print })
Object.defineProperty(Node.prototype, Symbol.for('nodejs.util.inspect.custom'), {
  value(this: Node): string { return print(this) },
})

/** The free function of an operation, data-first and data-last. */
export type Free<K extends keyof Operations> = Operations[K]['free']

const two = byCount(2)
const three = byCount(3)

// --- arithmetic ---
export const add: Free<'add'> = dual(operations.add, two)
export const sub: Free<'sub'> = dual(operations.sub, two)
export const mul: Free<'mul'> = dual(operations.mul, two)
export const div: Free<'div'> = dual(operations.div, two)
export const pow: Free<'pow'> = dual(operations.pow, two)
export const neg: Free<'neg'> = dual(operations.neg, always)
export const reciprocal: Free<'reciprocal'> = dual(operations.reciprocal, always)
export const square: Free<'square'> = dual(operations.square, always)
export const sqrt: Free<'sqrt'> = dual(operations.sqrt, always)
export const hypot: Free<'hypot'> = dual(operations.hypot, two)

// --- exponential ---
export const exp: Free<'exp'> = dual(operations.exp, always)
export const expm1: Free<'expm1'> = dual(operations.expm1, always)
export const log: Free<'log'> = dual(operations.log, always)
export const log1p: Free<'log1p'> = dual(operations.log1p, always)
export const log2: Free<'log2'> = dual(operations.log2, always)
export const log10: Free<'log10'> = dual(operations.log10, always)
export const sigmoid: Free<'sigmoid'> = dual(operations.sigmoid, always)
export const softplus: Free<'softplus'> = dual(operations.softplus, always)
export const erf: Free<'erf'> = dual(operations.erf, always)
export const lgamma: Free<'lgamma'> = dual(operations.lgamma, always)

// --- trigonometric ---
export const sin: Free<'sin'> = dual(operations.sin, always)
export const cos: Free<'cos'> = dual(operations.cos, always)
export const tan: Free<'tan'> = dual(operations.tan, always)
export const asin: Free<'asin'> = dual(operations.asin, always)
export const acos: Free<'acos'> = dual(operations.acos, always)
export const atan: Free<'atan'> = dual(operations.atan, always)
export const atan2: Free<'atan2'> = dual(operations.atan2, two)
export const sinh: Free<'sinh'> = dual(operations.sinh, always)
export const cosh: Free<'cosh'> = dual(operations.cosh, always)
export const tanh: Free<'tanh'> = dual(operations.tanh, always)
export const asinh: Free<'asinh'> = dual(operations.asinh, always)
export const acosh: Free<'acosh'> = dual(operations.acosh, always)
export const atanh: Free<'atanh'> = dual(operations.atanh, always)

// --- parts ---
export const abs: Free<'abs'> = dual(operations.abs, always)
export const abs2: Free<'abs2'> = dual(operations.abs2, always)
export const angle: Free<'angle'> = dual(operations.angle, always)
export const real: Free<'real'> = dual(operations.real, always)
export const imag: Free<'imag'> = dual(operations.imag, always)
export const conj: Free<'conj'> = dual(operations.conj, always)
export const phase: Free<'phase'> = dual(operations.phase, always)
export const sign: Free<'sign'> = dual(operations.sign, always)

// --- ordering ---
export const maximum: Free<'maximum'> = dual(operations.maximum, two)
export const minimum: Free<'minimum'> = dual(operations.minimum, two)
export const clip: Free<'clip'> = dual(operations.clip, three)
export const relu: Free<'relu'> = dual(operations.relu, always)
export const floor: Free<'floor'> = dual(operations.floor, always)
export const ceil: Free<'ceil'> = dual(operations.ceil, always)
export const round: Free<'round'> = dual(operations.round, always)

// --- comparisons ---
export const less: Free<'less'> = dual(operations.less, two)
export const lessEqual: Free<'lessEqual'> = dual(operations.lessEqual, two)
export const greater: Free<'greater'> = dual(operations.greater, two)
export const greaterEqual: Free<'greaterEqual'> = dual(operations.greaterEqual, two)
export const equal: Free<'equal'> = dual(operations.equal, two)
export const notEqual: Free<'notEqual'> = dual(operations.notEqual, two)
export const and: Free<'and'> = dual(operations.and, two)
export const or: Free<'or'> = dual(operations.or, two)
export const xor: Free<'xor'> = dual(operations.xor, two)
export const not: Free<'not'> = dual(operations.not, always)
export const isFinite: Free<'isFinite'> = dual(operations.isFinite, always)
export const isNaN: Free<'isNaN'> = dual(operations.isNaN, always)
export const where: Free<'where'> = dual(operations.where, three)
export const allclose: Free<'allclose'> = dual(operations.allclose, byOperands)
export const cast: Free<'cast'> = dual(operations.cast, byTensor)

// --- reductions ---
export const sum: Free<'sum'> = dual(operations.sum, byTensor)
export const mean: Free<'mean'> = dual(operations.mean, byTensor)
export const prod: Free<'prod'> = dual(operations.prod, byTensor)
export const max: Free<'max'> = dual(operations.max, byTensor)
export const min: Free<'min'> = dual(operations.min, byTensor)
export const any: Free<'any'> = dual(operations.any, byTensor)
export const all: Free<'all'> = dual(operations.all, byTensor)
export const logsumexp: Free<'logsumexp'> = dual(operations.logsumexp, byTensor)
export const norm: Free<'norm'> = dual(operations.norm, byTensor)
export const variance: Free<'var'> = dual(operations.var, byTensor)
export const std: Free<'std'> = dual(operations.std, byTensor)
export const argmax: Free<'argmax'> = dual(operations.argmax, byTensor)
export const argmin: Free<'argmin'> = dual(operations.argmin, byTensor)

// --- accumulations ---
export const softmax: Free<'softmax'> = dual(operations.softmax, byTensor)
export const logSoftmax: Free<'logSoftmax'> = dual(operations.logSoftmax, byTensor)
export const cumsum: Free<'cumsum'> = dual(operations.cumsum, byTensor)
export const sort: Free<'sort'> = dual(operations.sort, byTensor)
export const argsort: Free<'argsort'> = dual(operations.argsort, byTensor)

// --- movement ---
export const reshape: Free<'reshape'> = dual(operations.reshape, byTensor)
export const transpose: Free<'transpose'> = dual(operations.transpose, byTensor)
export const broadcastTo: Free<'broadcastTo'> = dual(operations.broadcastTo, byTensor)
export const expandDims: Free<'expandDims'> = dual(operations.expandDims, byTensor)
export const squeeze: Free<'squeeze'> = dual(operations.squeeze, byTensor)
export const diag: Free<'diag'> = dual(operations.diag, byTensor)
export const tril: Free<'tril'> = dual(operations.tril, byTensor)
export const triu: Free<'triu'> = dual(operations.triu, byTensor)
export const flip: Free<'flip'> = dual(operations.flip, byTensor)
export const roll: Free<'roll'> = dual(operations.roll, byTensor)
export const tile: Free<'tile'> = dual(operations.tile, byTensor)

// --- selection ---
export const at: Free<'at'> = dual(operations.at, byTensor)
export const slice: Free<'slice'> = dual(operations.slice, byTensor)
export const take: Free<'take'> = dual(operations.take, byPositions(2))
export const pad: Free<'pad'> = dual(operations.pad, byTensor)
export const split: Free<'split'> = dual(operations.split, byTensor)
export const gather: Free<'gather'> = dual(operations.gather, byPositions(2))
export const scatterAdd: Free<'scatterAdd'> = dual(operations.scatterAdd, byPositions(3))

// --- contraction ---
export const matmul: Free<'matmul'> = dual(operations.matmul, two)
export const dot: Free<'dot'> = dual(operations.dot, two)
export const vdot: Free<'vdot'> = dual(operations.vdot, two)
export const outer: Free<'outer'> = dual(operations.outer, two)
export const kron: Free<'kron'> = dual(operations.kron, two)
export const adjoint: Free<'adjoint'> = dual(operations.adjoint, always)
export const trace: Free<'trace'> = dual(operations.trace, always)
export const matrixPower: Free<'matrixPower'> = dual(operations.matrixPower, byTensor)

// --- fourier ---
export const fft: Free<'fft'> = dual(operations.fft, byTensor)
export const ifft: Free<'ifft'> = dual(operations.ifft, byTensor)
export const fft2: Free<'fft2'> = dual(operations.fft2, byTensor)
export const ifft2: Free<'ifft2'> = dual(operations.ifft2, byTensor)
export const fftn: Free<'fftn'> = dual(operations.fftn, byTensor)
export const ifftn: Free<'ifftn'> = dual(operations.ifftn, byTensor)
export const rfft: Free<'rfft'> = dual(operations.rfft, byTensor)
export const irfft: Free<'irfft'> = dual(operations.irfft, byTensor)
export const fftshift: Free<'fftshift'> = dual(operations.fftshift, byTensor)
export const ifftshift: Free<'ifftshift'> = dual(operations.ifftshift, byTensor)
// --- construction ---
export const tensor: Construction['tensor'] = typed(construct.tensor)
export const fromTypedArray: Construction['fromTypedArray'] = typed(construct.fromTypedArray)
export const wrap: Construction['wrap'] = typed(construct.wrap)
export const complex: Construction['complex'] = typed(construct.complex)
export const zeros: Construction['zeros'] = typed(construct.zeros)
export const ones: Construction['ones'] = typed(construct.ones)
export const zerosLike: Construction['zerosLike'] = typed(construct.zerosLike)
export const full: Construction['full'] = typed(construct.full)
export const eye: Construction['eye'] = typed(construct.eye)
export const arange: Construction['arange'] = typed(construct.arange)
export const linspace: Construction['linspace'] = typed(construct.linspace)
export const fftfreq: Construction['fftfreq'] = typed(frequencies)
export const range: Construction['range'] = typed(rangeOf)
export const concat: Construction['concat'] = typed(concatenate)
export const stack: Construction['stack'] = typed(stackUp)
export const einsum: Construction['einsum'] = typed(contract)
export const random: Random = typed(numbers)

// --- tracing ---
/**
 * Compiles `f`: the first call with arguments of given dtypes and shapes traces it; later calls run the fused kernels.
 *
 * Arguments and results are tensors, numbers, and arrays and records of them. A plain number is a run-time scalar: it
 * may change from call to call without a new trace. Anything else (a string, a flag) is part of the signature. Other
 * tensors that `f` uses are frozen at the first trace, as in JAX: pass what changes as an argument. Under another
 * transformation (`grad(jit(f))`) `f` is inlined.
 *
 * @throws TraceError when `f` reads a traced tensor (`item()`, `if (x > 0)`), or when one escapes
 * @throws TreeError for arguments that may change unnoticed (typed arrays, class instances)
 * @example
 * ```ts
 * import { jit, tensor } from 'wirtinger'
 * const energy = jit((z, weight) => z.abs2().sum().mul(weight))
 * console.log(energy(tensor([{ re: 3, im: 4 }]), 2).item()) // 50
 * ```
 */
export const jit: Jit = typed(compile)
