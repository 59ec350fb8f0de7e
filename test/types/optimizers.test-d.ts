// Compiled, never run: minimize, and the exact types of transformations, their states and their needs.
import {
  chain, grad, minimize, minimizeAsync, read, scale, scaleByZoomLinesearch, transformation, tree, valueAndGrad, zeros,
  type Optimizer, type Real, type Scalar, type Solution, type Status, type Tensor, type Transformation,
  type TransformationF, type Tree,
} from '../../index.ts'
import { is } from './is.ts'

declare const A: Tensor<'complex128', [32, 64]>, z0: Tensor<'complex128', [64]>, b: Tensor<'float64', [32]>
declare const zd: Tensor<'complex128'>
interface Net { w: Tensor<'complex128', [64]>; b: Tensor<'float64', [32]> }
declare const net: Net
const loss = (p: Net): Scalar => A.matmul(p.w).add(p.b).abs2().sum()

// ---- minimize: P comes from x0, so that the objective can be written inline ----------------------------------------
const m1 = minimize((z) => A.matmul(z).abs().sub(b).square().sum(), z0); is<typeof m1.params, typeof z0>()
const m2 = minimize((z) => A.matmul(z).abs().sub(b).square().sum(), zd); is<typeof m2.params, typeof zd>()
const m3 = minimize(({ w, b }) => A.matmul(w).add(b).abs2().sum(), { w: z0, b: zeros([32]) })
is<typeof m3.params, { w: typeof z0, b: Tensor<'float64', [32]> }>()
const m4 = minimize(([w, b]) => A.matmul(w).add(b).abs2().sum(), [z0, zeros([32])])
is<typeof m4.params, [typeof z0, Tensor<'float64', [32]>]>()
const m5 = minimize(([w, b]) => A.matmul(w).add(b).abs2().sum(), [z0, zeros([32])] as const)
is<typeof m5.params, readonly [typeof z0, Tensor<'float64', [32]>]>()
const m6 = minimize(loss, net)
is<typeof m6.grad, Net>(); is<typeof m6, Solution<Net>>(); is<typeof m6.status, Status>()
const m7 = minimize((p) => loss(p.net).add(p.reg.norm()), { net, reg: zeros([3]) }); is<typeof m7.params.net, Net>()
export const m8 = minimize((z: Tensor<'complex128'>) => z.abs2().sum(), z0, {
  gradientTolerance: 1e-8, norm: 2, maxIterations: 100,
  onIteration: ({ params, value }) => { is<typeof params, typeof z0>(); value.toFixed() },
})
const m9 = minimize((layers) => layers.map((w) => w.square().sum()).reduce((x, y) => x.add(y)),
  [zeros([3]), zeros([3])])
is<typeof m9.params, [Tensor<'float64', [3]>, Tensor<'float64', [3]>]>()
const layers = { w1: zeros([3, 2]), w2: zeros([2]), c: z0 }
const m10 = minimize((p) => Object.values(p).map((w) => w.abs2().sum()).reduce((x, y) => x.add(y)), layers)
is<typeof m10.params, typeof layers>()
interface Branch { w: Tensor<'float64', [3]>; kids: Branch[] }
declare const branch: Branch
const m11 = minimize((p) => p.w.square().sum(), branch); is<typeof m11.params, Branch>()
const m12 = minimize(loss, net, { resumeFrom: m6 }); is<typeof m12.params, Net>()
const m13 = minimizeAsync(loss, net); is<typeof m13, Promise<Solution<Net>>>()
const m14 = m6.status._tag === 'LineSearchFailed' ? m6.status.reason : m6.status.message; is<typeof m14, string>()
// @ts-expect-error complex
minimize((z) => A.matmul(z).sum(), z0)
// @ts-expect-error no scalar
minimize((z) => A.matmul(z).abs(), z0)
// @ts-expect-error does not fit A
minimize((z) => A.matmul(z).abs2().sum(), zeros([65]))
// @ts-expect-error a number leaf
minimize((p) => p.w.abs2().sum(), { w: z0, rate: 0.1 })
// @ts-expect-error numbers are not parameters
minimize((x) => x[0].square(), [1, 2, 3])
// @ts-expect-error a real start for complex parameters
minimize((z: Tensor<'complex128', [64]>) => z.abs2().sum(), zeros([64]))
// @ts-expect-error integer parameters
minimize((x) => x.cast('float64').square().sum(), zeros([3], 'int32'))
// @ts-expect-error a typo
minimize((p) => p.v.abs2().sum(), { w: z0 })
// @ts-expect-error no such norm
minimize(loss, net, { norm: 1 })
// @ts-expect-error a status is never a boolean by mistake
if (m6.status === true) m6.params.w.abs()

// ---- transformations -----------------------------------------------------------------------------------------------
interface AdamState<P> { readonly mu: P, readonly nu: Real<P>, readonly count: number }
interface AdamF extends TransformationF { readonly State: AdamState<this['P']> }
interface ClipF extends TransformationF { readonly State: { readonly norm: number } }
const scaleByAdam = (b1 = 0.9) => transformation<AdamF>({
  init: (params) => ({ mu: tree.zerosLike(params), nu: tree.abs2(params), count: 0 }),
  update: (g, state) => {
    const mu = tree.map((m, g) => m.mul(b1).add(g.mul(1 - b1)), state.mu, g)
    return [mu, { ...state, mu, count: state.count + 1 }]
  },
})
const clip = (limit: number) => transformation<ClipF>({
  init: () => ({ norm: 0 }),
  *update(g) {
    const norm = yield* read(tree.norm(g))
    return norm > limit ? [tree.map((x) => x.mul(limit / norm), g), { norm }] : [g, { norm }]
  },
})
const adam = chain(clip(1), scaleByAdam(), scale(-1e-3))
const search = chain(adam, scale(-1), scaleByZoomLinesearch({ maxLinesearchSteps: 20 }))
const a0 = adam.init(net), q0 = search.init(net), evaluation = { ...valueAndGrad(loss)(net), valueFn: loss }
const [u1, a1] = adam.update(net, a0, net); is<typeof u1, Net>(); is<typeof a1[1]['mu'], Net>()
is<typeof a1[1]['nu']['w'], Tensor<'float64', [64]>>()
const [u2, q1] = search.update(net, q0, net, evaluation); is<typeof u2, Net>(); is<typeof q1[0][1]['count'], number>()
is<typeof q1[1], null>()
const t1 = minimize(loss, net, { optimizer: search }); is<typeof t1.params, Net>()
const optimizers = { adam, search, scale: scale(-1) }
for (const optimizer of Object.values(optimizers)) minimize(loss, net, { optimizer })
export const optimizer: Optimizer = search
adam.update(net, a0, net, evaluation)
void adam.updateAsync(net, a0, net)
const fit = <P extends Tree<P>>(f: (p: P) => Scalar, p0: P, steps: number): P => {
  let p = p0, state = search.init(p0)
  for (let k = 0; k < steps; k++) {
    const [u, next] = search.update(grad(f)(p), state, p, { ...valueAndGrad(f)(p), valueFn: f })
    p = tree.map((x, y) => x.add(y), p, u); state = next
  }
  return p
}
const fitted = fit(loss, net, 10); is<typeof fitted, Net>()

interface Curvature<P> { readonly hessian: P }
interface HessianF extends TransformationF { readonly State: null, readonly Needs: Curvature<this['P']> }
declare const newton: Transformation<HessianF>
// @ts-expect-error minimize cannot meet this need
minimize(loss, net, { optimizer: newton })
// @ts-expect-error a chain needs what its members need
minimize(loss, net, { optimizer: chain(adam, newton) })
// @ts-expect-error a line search needs { value, grad, valueFn }
search.update(net, q0, net)
// @ts-expect-error valueFn is missing
search.update(net, q0, net, valueAndGrad(loss)(net))
// @ts-expect-error the state of another optimizer
adam.update(net, q0, net)
// @ts-expect-error the clip state has no mu
void a0[0].mu
// @ts-expect-error the gradient of other parameters
adam.update({ w: net.w }, a0, net)
// @ts-expect-error a wrong state from update
transformation<ClipF>({ init: () => ({ norm: 0 }), update: (g) => [g, { nrm: 0 }] })
// @ts-expect-error an optimizer that cannot wait for a device
export const synchronous: Optimizer = { init: adam.init, update: adam.update }
