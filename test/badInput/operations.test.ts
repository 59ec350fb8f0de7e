// Shapes and dtypes that do not fit: the error names the operation, what it met and a way out.
import { suite } from 'uvu'
import { complex, tensor, zeros } from '../../index.ts'
import { throwsError } from '../close.ts'
import { js, loose } from './untyped.ts'

const it = suite('operations on what does not fit')

const a = loose(tensor([[1, 2, 3], [4, 5, 6]]))
const b = loose(tensor([[1, 2], [3, 4]]))
const v = loose(tensor([1, 2, 3]))
const n = loose(tensor([1, 2, 3], 'int32'))
const z = loose(tensor([{ re: 1, im: 2 }, { re: 0, im: 1 }]))

const refusals = (tag: string, rows: readonly (readonly [() => unknown, RegExp])[]): void => {
  for (const [run, message] of rows) throwsError(run, tag, message)
}

it('shapes', () => {
  refusals('ShapeError', [
    [() => a.add(b), /add: shapes \[2, 3\] and \[2, 2\] do not broadcast: .*3 meets 2.*expandDims/],
    [() => js.where(a.greater(2), b, 0), /where: shapes \[2, 3\] and \[2, 2\]/],
    [() => complex(tensor([1, 2, 3]), loose(tensor([1, 2])) as never), /complex: shapes \[3\] and \[2\]/],
    [() => a.matmul(a), /matmul: inner dimensions differ in \[2, 3\] @ \[2, 3\]: 3 against 2/],
    [() => a.matmul(2), /matmul: \[2, 3\] @ \[\] has a scalar operand: use mul/],
    [() => loose(zeros([2, 3, 4])).matmul(zeros([3, 4, 5])), /matmul: the leading dimensions of \[2, 3, 4\] @ \[3, 4, 5\].*einsum/],
    [() => v.dot(tensor([1, 2])), /dot: vectors of lengths 3 and 2/],
    [() => js.einsum('ij,jk->ik', a, a), /einsum: in 'ij,jk->ik' the label j stands for both 3 and 2/],
    [() => a.reshape([4]), /reshape: \[2, 3\] has 6 elements and \[4\] has 4/],
    [() => a.reshape([-1, 4]), /reshape: .* no -1 fits in \[-1, 4\]/],
    [() => js.concat([a, b]), /concat: \[2, 2\] and \[2, 3\] differ outside axis 0/],
    [() => js.stack([a, b]), /stack: shapes \[2, 2\] and \[2, 3\] differ/],
    [() => a.sum({ axis: 5 }), /sum: axis 5 does not exist in a tensor of rank 2: use −2 to 1/],
    [() => a.sum({ axis: 'x' }), /sum: an axis is a number, several are an array of numbers, not x/],
    [() => v.adjoint(), /adjoint: shape \[3\] is no matrix: use conj\(\)/],
    [() => a.matrixPower(2), /matrixPower: expected a square matrix, not a tensor of shape \[2, 3\]/],
    [() => v.scatterAdd([0, 1], tensor([1, 2, 3])), /scatterAdd: the source is \[3\], but into \[3\] at \[2\] it must be \[2\]/],
    [() => v.item(), /item: a tensor \[3\] has 3 elements, not one: use toArray\(\)/],
  ])
})

it('dtypes', () => {
  refusals('DTypeError', [
    [() => z.max(), /max: complex numbers have no order: compare abs\(\) or real\(\)/],
    [() => z.less(1), /less: complex numbers have no order/],
    [() => z.sort(), /sort: complex numbers have no order/],
    [() => z.floor(), /floor: defined for real numbers only: round real\(\) and imag\(\) apart/],
    [() => z.cast('float64'), /cast: a complex tensor cannot become float64: take real\(\), imag\(\) or abs\(\)/],
    [() => z.rfft(), /rfft: the input is complex.*use fft/],
    [() => js.complex(z, z), /complex: both parts must be real: take real\(\) or imag\(\)/],
    [() => n.add(0.5), /add: 0\.5 is no 32-bit integer, .* int32: call \.cast\('float64'\)/],
    [() => n.pow(-1), /pow: int32 to the power -1 is not an integer: cast/],
    [() => v.gather(tensor([0, 1])), /gather: indices are float64 but must be int32: call \.cast\('int32'\)/],
    [() => v.at(v.greater(2)), /a mask would give a shape that depends on values: use where/],
    [() => js.where(v, 1, 2), /where: float64 is not bool: compare first/],
  ])
})

it('what is no operand at all is named, and briefly', () => {
  refusals('DTypeError', [
    [() => v.add([1, 2, 3]), /^add: an array of length 3 is neither .*: wrap it in tensor\(\)$/],
    [() => v.mul(new Float64Array(1e6)), /^mul: a Float64Array of length 1000000 is neither .*: .*fromTypedArray\(\)$/],
    [() => v.sub('1'), /^sub: the string '1' is neither a tensor nor a number nor \{ re, im \}$/],
    [() => v.div(undefined), /^div: undefined is neither/],
    [() => v.add({ re: 1 }), /^add: an object \{ re \} is neither/],
    [() => v.add(Object.create(null)), /^add: an object \{ {2}\} is neither/],
    [() => v.add(new Date(0)), /^add: an instance of Date is neither/],
    [() => v.clip(3), /^clip: undefined is neither/],
  ])
})

it('a shape, a list of tensors or subscripts of another form, as in other libraries', () => {
  refusals('ShapeError', [
    [() => js.zeros(3), /a shape is an array of dimensions, such as \[2, 3\], not 3/],
    [() => js.zeros(), /a shape is an array of dimensions, .* not undefined/],
    [() => js.fromTypedArray(new Float64Array(2), 2), /a shape is an array of dimensions/],
    [() => a.reshape(3, 2), /reshape: the shape is one array, as in reshape\(\[2, 3\]\)/],
    [() => a.transpose([1, 0]), /transpose: axes are arguments of their own: transpose\(1,0\)/],
  ])
  refusals('OptionError', [
    [() => js.concat(a, b), /concat: the tensors are one array, as in concat\(\[a, b\]\)/],
    [() => js.stack(a, b), /stack: the tensors are one array/],
    [() => js.concat([]), /concat: there are no tensors/],
    [() => js.einsum(a, b), /einsum: the subscripts come first/],
    [() => v.cast('float16'), /cast: there is no dtype float16/],
  ])
})

it('options that do not exist are not ignored', () => {
  refusals('OptionError', [
    [() => a.sum(0), /^sum: options are an object \{ axis, keepDims \}, not the number 0: write \{ axis: 0 \}$/],
    [() => a.mean({ dim: 0 }), /^mean: there is no option dim: there are axis, keepDims$/],
    [() => a.max({ keepdims: true }), /^max: there is no option keepdims/],
    [() => a.std({ axis: 0, correction: 1 }), /^std: there is no option correction: there are axis, keepDims, ddof$/],
    [() => a.norm(1), /^norm: options are an object \{ axis, keepDims, ord \}/],
    [() => a.argmax(0), /^argmax: options are/],
    [() => a.softmax(0), /^softmax: options are .*: write \{ axis: 0 \}/],
    [() => a.logsumexp(0), /^logsumexp: options are/],
    [() => a.fft(8), /^fft: options are an object \{ n, axis, norm \}/],
    [() => a.fft2({ axis: 0 }), /^fft2: there is no option axis: there are axes, shape, norm$/],
    [() => a.fftshift(1), /^fftshift: options are an object \{ axes \}/],
    [() => a.sort(0), /^sort: options are/],
    [() => a.pad([1, 1], { constant: 3 }), /^pad: there is no option constant: there is value$/],
    [() => a.at({ start: 1, end: 3 }), /^at: a range has start, stop and step, but no end: write range/],
    [() => js.valueAndGrad(() => v, { aux: true }), /^valueAndGrad: there is no option aux: there is hasAux$/],
    [() => js.checkGrad(() => v, v, { tol: 1 }), /^checkGrad: there is no option tol/],
  ])
})

it.run()
