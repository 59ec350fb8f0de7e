// A user's plain JavaScript: gradients of a real and of a complex objective, and a minimum.
import { grad, minimize, tensor } from 'wirtinger'

const target = tensor([{ re: 1, im: 2 }, { re: -3, im: 0.5 }])
const distance = (z) => z.sub(target).abs2().sum()
const start = tensor([{ re: 0, im: 0 }, { re: 0, im: 0 }])

const answers = {
  real: [...grad((x) => x.square().sum())(tensor([1, 2, 3])).toTypedArray()],
  complex: [...grad(distance)(start).toTypedArray()],
  minimum: [...minimize(distance, start).params.toTypedArray()],
}
globalThis.answers = JSON.stringify(answers)
console.log(globalThis.answers)
