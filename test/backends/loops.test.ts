// Where loops are unrolled, blocked, split or cut: lengths around every border, finite differences and their gradients,
// sums over any axes, many results, and long chains, on the compiled backend and the reference.
import { suite } from 'uvu'
import { arange, concat, range, stack, tensor, valueAndGrad, where, zeros, type Tensor } from '../../index.ts'
import { agree, complex, real, single } from './agree/both.ts'

const test = suite('loops')

/** Every remainder of an unrolled loop; the borders of a block; several blocks. */
const lengths = [...Array.from({ length: 41 }, (_, n) => n), 511, 512, 513, 2000]

test('sums, extrema and elementwise results in one kernel, for every remainder', () => {
  for (const n of lengths) {
    const [x, z] = [real(n), complex(n)]
    agree(`sums of ${n}`, (a, w) => [a.sum(), w.sum(), w.abs2().sum(), a.mul(2).add(1), w.mul(a).conj()], [x, z])
    if (n > 0) agree(`extrema of ${n}`, (a) => [a.max(), a.abs().min(), a.argmax(), a.cumsum(), a.sort()], [x])
    agree(`integers ${n}`, (a) => [a.mul(1e3).cast('int32').sum(), a.less(0).sum(), a.less(2).all()], [x])
  }
})

test('sums of many blocks', () => {
  for (const n of [4096, 8191, 8192, 8193, 16384 + 5, 50_000]) {
    agree(`sum of ${n}`, (a, f) => [a.sum(), a.mul(a).sum(), f.sum(), f.max()], [real(n), single(n)])
  }
  agree('tenths', () => zeros([20_000], 'float32').add(0.1).sum(), [])
})

test('sums over leading, middle and trailing axes', () => {
  const axes = [[0], [1], [2], [0, 1], [0, 2], [1, 2], [0, 1, 2]]
  for (const n of [1, 2, 8, 9, 31, 520]) {
    for (const dims of [[n, 3, 5], [3, n, 5], [3, 5, n]]) {
      const [x, z] = [real(...dims), complex(...dims)]
      for (const axis of axes) {
        agree(`[${dims.join()}] over ${axis.join()}`, (a, w) =>
          [a.sum({ axis }), a.max({ axis }), w.sum({ axis }), w.mul(a).exp().sum({ axis, keepDims: true }).mul(w)],
        [x, z])
      }
    }
  }
})

test('sums over different axes in one program', () => {
  for (const [m, n] of [[1, 1], [4, 9], [33, 17], [8, 513]] as const) {
    agree(`${m}×${n}`, (a) => {
      const b = a.sin()
      const centred = a.sub(a.mean({ axis: 0 })).square().mean({ axis: 1 })
      return [b.sum({ axis: 0 }), b.sum({ axis: 1 }), b.sum(), centred, a.softmax(), a.logsumexp({ axis: 0 })]
    }, [real(m, n)])
  }
})

const rosenbrock = (x: Tensor): Tensor => {
  const [head, tail] = [x.at(range(0, -1)), x.at(range(1, x.shape[0]!))]
  return tail.sub(head.square()).square().mul(100).add(head.neg().add(1).square()).sum()
}

test('neighbouring differences and their gradient', () => {
  for (const n of lengths.filter((k) => k > 1)) {
    agree(`Rosenbrock ${n}`, (x) => valueAndGrad(rosenbrock)(x), [real(n)])
    agree(`complex differences ${n}`, (z) => valueAndGrad((w: Tensor) =>
      w.at(range(1, n)).sub(w.at(range(0, n - 1)).square()).abs2().sum())(z), [complex(n)])
  }
})

const differences = (x: Tensor): readonly Tensor[] => {
  const [m, n] = [x.shape[0]!, x.shape[1]!]
  const [down, right] = [x.slice([1, 0], [m, n]), x.slice([0, 1], [m, n])]
  return [down.sub(x.slice([0, 0], [m - 1, n])), right.sub(x.slice([0, 0], [m, n - 1]))]
}

test('differences along two axes and their gradients', () => {
  const variation = (x: Tensor): Tensor =>
    differences(x).map((d) => d.abs2().add(1e-3).sqrt().sum()).reduce((a, b) => a.add(b))
  const joint = (x: Tensor): Tensor => {
    const [down, right] = differences(x)
    return down!.pad([[0, 1], [0, 0]]).abs2().add(right!.pad([[0, 0], [0, 1]]).abs2()).add(1e-3).sqrt().sum()
  }
  const periodic = (x: Tensor): Tensor =>
    x.roll(-1, 0).sub(x).abs2().add(x.roll(-1, 1).sub(x).abs2()).add(1e-3).sqrt().sum()
  const laplacian = (x: Tensor): Tensor => {
    const p = x.pad([[1, 1], [1, 1]])
    const [m, n] = [x.shape[0]!, x.shape[1]!]
    const at = (i: number, j: number): Tensor => p.slice([i, j], [i + m, j + n])
    return at(0, 1).add(at(2, 1)).add(at(1, 0)).add(at(1, 2)).sub(x.mul(4)).abs2().sum()
  }
  for (const [m, n] of [[2, 2], [1, 9], [9, 1], [5, 7], [16, 33], [40, 41]] as const) {
    for (const x of [real(m, n), complex(m, n)]) {
      for (const [name, f] of Object.entries({ variation, joint, periodic, laplacian })) {
        agree(`${name} ${m}×${n} ${x.dtype}`, (y: Tensor) => valueAndGrad(f)(y), [x])
      }
    }
  }
})

test('a stencil in three dimensions', () => {
  agree('stencil', (x: Tensor) => valueAndGrad((y: Tensor) => {
    const p = y.pad([[1, 2], [2, 0], [0, 3]])
    return p.mul(p.flip([0, 2])).add(p.roll(1, 1).mul(p.roll(-2, 2))).sin().sum()
  })(x), [real(4, 5, 6)])
})

test('interior zeros, steps, flips and concatenations nested in each other', () => {
  agree('strided', (x: Tensor) => valueAndGrad((y: Tensor) => {
    const even = y.at(range(0, 30, 3))
    const odd = y.at(range(29, undefined, -3))
    const both = concat([even.mul(2), odd, even.mul(odd), y.at(range(5, 6))])
    return both.mul(arange(31)).add(concat([y, tensor([1])])).square().sum()
  })(x), [real(30)])
})

test('many results of several shapes', () => {
  agree('thirty results', (x, z) => Array.from({ length: 10 }, (_, k) =>
    [x.mul(k).sin(), x.mul(z.at(k)).exp().sum({ axis: k % 2 }), z.mul(k).abs()]), [real(12, 13), complex(40)])
  agree('gradients of many parameters', (x: Tensor) => {
    const parts = Object.fromEntries(Array.from({ length: 25 }, (_, k) => [`p${k}`, x.mul(k + 1)]))
    return valueAndGrad((p: Readonly<Record<string, Tensor>>) =>
      Object.values(p).reduce((a, b) => a.mul(0.9).add(b.sin()), zeros([17])).square().sum())(parts)
  }, [real(17)])
})

test('chains of two thousand operations, whose values are used again far away', () => {
  const chain = (x: Tensor): Tensor => {
    const values = [x]
    for (let k = 1; k < 1000; k++) {
      const [last, earlier] = [values[k - 1]!, values[Math.floor(k / 2)]!]
      values.push(last.mul(0.7).add(earlier.mul(0.25)).add(k % 7 === 0 ? last.sin() : 0.1))
    }
    return values.at(-1)!.add(values[13]!).sum()
  }
  for (const n of [1, 50]) {
    agree(`chain of ${n}`, (x: Tensor) => chain(x), [real(n)], 1e-12)
    agree(`gradient of a chain of ${n}`, (x: Tensor) => valueAndGrad(chain)(x), [real(n)], 1e-11)
  }
  agree('complex chain', (x: Tensor) => chain(x).abs2(), [complex(5)], 1e-12)
})

test('products of views: transposed, conjugated, sliced, broadcast, empty', () => {
  for (const [m, k, n] of [[1, 1, 1], [3, 4, 5], [1, 7, 1], [2, 0, 3], [0, 2, 2], [17, 9, 33], [64, 65, 66]] as const) {
    const [a, b, z] = [real(m, k), real(k, n), complex(k, n)]
    agree(`${m}×${k}×${n}`, (p, q, w) => [
      p.matmul(q), p.matmul(w), q.transpose().matmul(p.transpose()), w.adjoint().matmul(w),
      w.transpose().matmul(p.transpose()).conj(), p.flip(0).matmul(q.flip(1)), p.mul(2).matmul(w.conj()),
    ], [a, b, z])
  }
  agree('batches', (p, q) => [p.matmul(q), p.matmul(q.at(0)), p.at(range(0, undefined, 2)).matmul(q)],
    [complex(4, 1, 2, 3), real(2, 3, 5)])
})

test('one kernel for many sizes', () => {
  for (let n = 0; n < 20; n++) {
    agree(`row and column of ${n}`, (x, y) =>
      [x.add(y.expandDims(1)), x.at(range(0, undefined, 2)), x.sum(), y.mul(x)], [real(n), real(n)])
    agree(`block at ${n}`, (a) =>
      [a.slice([n, 1], [20, 3]), a.pad([[n, 0], [0, 1]]), a.transpose().sum({ axis: 0 }), a.at(n).mul(a)], [real(21, 4)])
  }
})

test('masks, indices and their gradients', () => {
  agree('masks', (x: Tensor) => valueAndGrad((y: Tensor) =>
    where(y.greater(0), y.sqrt(), y.exp()).add(y.maximum(0.3)).sum())(x), [real(100)])
  agree('indices', (x: Tensor) => valueAndGrad((y: Tensor) => {
    const picked = y.take([3, 0, 3, -1], 1)
    const sorted = picked.matmul(picked.transpose()).cumsum(0).sort({ axis: 1 })
    return sorted.mul(arange(5)).sum().add(stack([y, y.mul(y)]).max({ axis: 0 }).sum())
  })(x), [real(5, 6)])
})

test.run()
