// The same loop against itself: how far from 1 this machine and this method stray when nothing differs.
import { paired } from '../row.ts'

export default paired({
  name: 'A/A: the same plain loop twice, n = 1,000',
  bar: 1.05,
  inputs: () => [1, 2, 3].map((seed) => Float64Array.from({ length: 1000 }, (_, i) => Math.sin(seed * i))),
  ours: (x) => {
    let sum = 0
    for (let i = 0; i < x.length; i++) sum += x[i]! * x[i]!
    return sum
  },
  against: (x) => {
    let sum = 0
    for (let i = 0; i < x.length; i++) sum += x[i]! * x[i]!
    return sum
  },
  check: (a, b) => {
    if (a !== b) throw new Error(`${a} is not ${b}`)
  },
})
