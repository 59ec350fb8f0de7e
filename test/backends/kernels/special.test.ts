// Special functions against values computed with sixty digits, their functional equations, and their poles.

import { suite } from 'uvu'
import { erf, lgamma, polygamma } from '../../../backends/cpu/kernels/special.ts'
import { close, exact, relative } from '../../close.ts'

const test = suite('special functions')

const ulp = 2 ** -52
type Table = readonly (readonly [number, number])[]

/** Every value to within `ulps` of the larger of 1 and itself: near a zero of f nothing better is promised. */
const agrees = (f: (x: number) => number, table: Table, ulps: number): void => {
  for (const [x, y] of table) {
    const scale = Math.max(1, Math.abs(y))
    exact(Math.abs(f(x) - y) <= ulps * ulp * scale, true, `f(${x}) = ${f(x)} instead of ${y}`)
  }
}

const erfValues: Table = [
  [1e-300, 1.1283791670955126e-300], [1e-09, 1.1283791670955127e-9], [0.1, 0.1124629160182849],
  [0.5, 0.5204998778130465], [0.9999999988405448, 0.8427007924684163], [1.0000000011, 0.8427007934063332],
  [1.5, 0.9661051464753108], [2.25, 0.9985372834133188], [3.5, 0.9999992569016276], [5.9, 0.9999999999999999],
  [-0.3, -0.3286267594591274], [-2.0, -0.9953222650189527],
]

const lgammaValues: Table = [
  [1e-310, 713.8013788281542], [1e-09, 20.723265836369194], [0.25, 1.2880225246980774], [0.5, 0.5723649429247001],
  [0.9999999, 5.772157468444193e-8], [1.0000001, -5.772155829918507e-8], [1.25, -0.09827183642181316],
  [1.4616321449683622, -0.12148629053584961], [1.9999999, -4.2278430309861296e-8], [2.0000001, 4.227843666532498e-8],
  [2.6, 0.35741186354897986], [5.5, 3.9578139676187165], [9.99, 12.779315214350193], [10.01, 12.824350262448247],
  [33.3, 82.60372358165495], [171.7, 710.171612940375], [100000.0, 1051287.7089736569],
  [1000000000000000.0, 3.3538776394910668e+16], [1e+300, 6.897755278982137e+302], [-1e-09, 20.723265837523627],
  [-0.5, 1.2655121234846454], [-1.000001, 13.815510135263528], [-2.4570247382208006, 5.619192358950097e-17],
  [-5.000833, 2.301565055493553], [-11.000000025052108, -4.356008489074073e-8], [-24.7, -55.677088666345014],
  [-25.3, -57.62032033796832], [-99.5, -360.2908105819282], [-1234.25, -7554.398337646806],
]

const digammaValues: Table = [
  [1e-12, -1000000000000.5773], [0.1, -10.423754940411076], [1.0, -0.5772156649015329],
  [1.4616321449683622, -9.241265521729427e-17], [1.4671086253928853, 0.005286201139954907], [2.5, 0.7031566406452432],
  [9.99, 2.250700372831201], [10.01, 2.2528037003181356], [10000000000.0, 23.025850929890456],
  [-1e-09, 999999999.4227843], [-0.5040830082644554, 7.289763902976895e-17],
  [-1.5734984731623904, 1.5649788481838454e-16], [-10.7, 0.13374481244706443], [-99.9, -5.05966164974647],
  [-100.3, 6.895643124860435], [-12345.678, 7.454965900116613],
]

/** Where the terms of the recurrence cancel. */
const cancelling: Table = [
  [-19.671842601702348, 1.121826491186074], [-7.68535721871896, 0.03427588597067491], [-18.7115528743459, 0.4941144171013972],
]

const trigammaValues: Table = [
  [1e-05, 10000000001.644909], [0.3, 12.245364546107732], [1.0, 1.6449340668482264], [2.5, 0.49035775610023485],
  [11.5, 0.09084666127454623], [14.25, 0.07269527572625784], [10000000000.0, 1.00000000005e-10], [1e+200, 1e-200],
  [-0.5, 8.934802200544679], [-0.99991, 123456792.7682599], [-6.93, 207.26917941264037],
  [-1234.567, 10.319311423827706],
]

const secondValues: Table = [
  [0.2, -251.4780361144359], [1.0, -2.4041138063191885], [3.7, -0.09539530872855403], [50.0, -0.0004080799893375969],
  [-0.5, -0.82879664423432], [-0.3, 67.63908119988317], [-10.5000001, -0.008266950719094147],
  [-7.25, 124.00852603656574],
]

const fifthValues: Table = [
  [0.7, 1025.3283541434719], [4.2, 0.03177388832173449], [30.0, 1.0726994936161623e-6], [-0.3, 165634.3818520859],
  [-2.75, 492231.2077521004],
]

const tenthValues: Table = [
  [1.5, -42108.85876897549], [-1.4, 85517174241.13399],
]

test('erf: values to 2 ulp, odd, bounded', () => {
  for (const [x, y] of erfValues) {
    relative(erf(x), y, 2 * ulp)
    exact(erf(-x), -erf(x))
  }
  exact([erf(0), erf(-0), erf(6), erf(Infinity), erf(-Infinity), erf(NaN)], [0, -0, 1, 1, -1, NaN])
})

test('erf is the integral of its derivative', () => {
  for (let x = -6.5; x <= 6.5; x += 0.37) {
    const h = 1e-3
    const slope = (8 * (erf(x + h) - erf(x - h)) - (erf(x + 2 * h) - erf(x - 2 * h))) / (12 * h)
    close(slope, 2 / Math.sqrt(Math.PI) * Math.exp(-x * x), 1e-11)
  }
})

test('lgamma: values to 4 ulp, relative ones near its zeros at 1 and 2', () => {
  agrees(lgamma, lgammaValues, 4)
  for (const [x, y] of lgammaValues) if (x > 0) relative(lgamma(x), y, 4 * ulp)
  exact([lgamma(1), lgamma(2)], [0, 0])
  relative([lgamma(1 + ulp), lgamma(1 - ulp)], [-0.5772156649015329 * ulp, 0.5772156649015329 * ulp], 4 * ulp)
})

test('lgamma: the recurrence and the factorials', () => {
  for (let x = -40.3; x < 40; x += 0.711) close(lgamma(x + 1) - lgamma(x), Math.log(Math.abs(x)), 1e-13)
  let factorial = 1
  for (let n = 2; n <= 20; n++) {
    factorial *= n
    relative(lgamma(n + 1), Math.log(factorial), 4 * ulp)
  }
})

test('lgamma: poles and infinities', () => {
  exact([0, -0, -1, -2, -30, -1e20, Infinity, -Infinity, 1e306].map(lgamma), new Float64Array(9).fill(Infinity))
  exact(lgamma(NaN), NaN)
})

test('polygamma: values', () => {
  agrees((x) => polygamma(0, x), digammaValues, 4)
  agrees((x) => polygamma(0, x), cancelling, 4)
  for (const [x, y] of trigammaValues) relative(polygamma(1, x), y, 5 * ulp)
  for (const [x, y] of secondValues) relative(polygamma(2, x), y, 8 * ulp)
  for (const [x, y] of fifthValues) relative(polygamma(5, x), y, 16 * ulp)
  for (const [x, y] of tenthValues) relative(polygamma(10, x), y, 30 * ulp)
})

test('polygamma: the recurrence, and each order the derivative of the one before', () => {
  const h = 2e-3
  for (let n = 0, factorial = 1; n < 5; n++, factorial *= n) {
    for (let x = -6.37; x < 16; x += 0.71) {
      const step = (n % 2 === 0 ? 1 : -1) * factorial / x ** (n + 1)
      close([polygamma(n, x + 1) - polygamma(n, x)], [step], 1e-13 * (1 + Math.abs(polygamma(n, x))))
      if (x > 1) {
        const f = (t: number): number => polygamma(n, t)
        const slope = (8 * (f(x + h) - f(x - h)) - (f(x + 2 * h) - f(x - 2 * h))) / (12 * h)
        close(slope, polygamma(n + 1, x), 1e-8)
      }
    }
  }
})

test('digamma is the derivative of lgamma', () => {
  const h = 1e-3
  for (let x = -7.4; x < 20; x += 1) {
    const slope = (8 * (lgamma(x + h) - lgamma(x - h)) - (lgamma(x + 2 * h) - lgamma(x - 2 * h))) / (12 * h)
    close(slope, polygamma(0, x), 1e-9)
  }
})

test('polygamma: poles and infinities', () => {
  exact([0, -0, -1, -2, Infinity, -Infinity, NaN].map((x) => polygamma(0, x)),
    [-Infinity, Infinity, NaN, NaN, Infinity, NaN, NaN])
  for (const n of [1, 2, 3]) {
    const pole = n % 2 === 0 ? -Infinity : Infinity
    exact([0, -0, -1, -2, -Infinity, NaN].map((x) => polygamma(n, x)), [pole, pole, pole, pole, NaN, NaN])
    close(polygamma(n, Infinity), 0, 0)
  }
})

test.run()
