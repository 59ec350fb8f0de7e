// The library in a browser: bundled, in a page and in a worker, on WebGPU and on the CPU side by side.
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { close } from '../close.ts'
import { openBrowser, type TestBrowser } from '../gpu/browser.ts'
import type { Answers } from './browser/program.ts'

const entry = fileURLToPath(new URL('browser/program.ts', import.meta.url))

const bundled = async (): Promise<string> => {
  const { outputFiles } = await build({
    entryPoints: [entry], bundle: true, write: false, format: 'iife', globalName: 'program', platform: 'browser', target: 'es2022',
    logLevel: 'silent',
  })
  return outputFiles[0]!.text
}

const inPage = (code: string): string => `${code}; program.answers()`
const inWorker = (code: string): string => `new Promise((resolve, reject) => {
  const text = ${JSON.stringify(`${code}; program.answers().then((found) => postMessage(found), (error) => { throw error })`)}
  const worker = new Worker(URL.createObjectURL(new Blob([text], { type: 'text/javascript' })))
  worker.onmessage = ({ data }) => resolve(data)
  worker.onerror = ({ message }) => reject(new Error(message))
})`

const checked = (found: Answers): void => {
  assert.ok(found.adapter.length > 0)
  close(found.eager[0], found.eager[1], 1e-2) // sums of up to 5,000
  close(found.gradient[0], found.gradient[1], 1e-5 * Math.max(...found.gradient[1].map(Math.abs)))
  assert.equal(found.statuses, ['ConvergedByGradient', 'ConvergedByGradient'])
  close(found.minimum[0], found.minimum[1], 1e-3)
  // The device did it: one submit for a compiled gradient and its read, one for each evaluation of a minimization.
  const { submits, reads, dispatches } = found.compiled
  assert.ok(submits === 1 && reads === 1 && dispatches >= 2, JSON.stringify(found.compiled))
  assert.equal([found.minimizing.submits, found.minimizing.reads], [found.evaluations, found.evaluations])
  assert.ok(found.minimizing.dispatches >= 2 * found.evaluations)
  close(found.own, [0, 1, 2, 3].map(Math.exp), 1e-5)
  assert.is(found.lost, 'DeviceFailed')
  assert.ok(found.snapshots >= 1 && found.snapshots <= 4)
}

let browser: TestBrowser
let code = ''

const it = suite('in a browser')
it.before(async () => {
  [browser, code] = await Promise.all([openBrowser(), bundled()])
})
it.after(() => browser.close())

for (const [place, text] of [['page', inPage], ['worker', inWorker]] as const) {
  it(`a ${place} computes on WebGPU what it computes on the CPU`, async () => {
    const page = await browser.openPage()
    const found = await page.evaluate<Answers>(text(code)) // what program.ts returns
    checked(found)
    await page.close()
  })
}

it('without WebGPU the promise says so, and the CPU computes', async () => {
  const page = await browser.openPage()
  const hidden = "Object.defineProperty(Navigator.prototype, 'gpu', { value: undefined })"
  const found = await page.evaluate<readonly string[]>(`${hidden}; ${code}; program.withoutDevice()`)
  assert.is(found[0], 'NoWebGPU')
  assert.match(found[1]!, /there is no WebGPU here/)
  assert.is(found[2], '5')
  await page.close()
})

it.run()
