// The holography page in a real browser: on WebGPU and on the CPU the loss falls alike, the GPU does the work when it is
// asked to, and without WebGPU the page works and says so.
import { mkdirSync } from 'node:fs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Page } from 'playwright-core'
import type { Point, Report } from '../../examples/holography/messages.ts'
import { openBrowser, type TestBrowser } from '../gpu/browser.ts'
import { gpuMode } from '../gpu/software.ts'
import { counting, hook, serveBuilt, serveSources, withoutWebGpu, type Served } from './served.ts'

const it = suite('the holography page')
/** WIRTINGER_GPU=off leaves it out, as the tests of WebGPU. */
const test = gpuMode() === 'off' ? it.skip : it

let browser: TestBrowser
let served: Served
const complaints: string[] = []

if (gpuMode() !== 'off') {
  it.before(async () => {
    ;[browser, served] = await Promise.all([openBrowser(), serveBuilt()])
  })
  it.after(async () => {
    await Promise.all([browser.close(), served.close()])
    assert.equal(complaints, [], 'what the pages complained of')
  })
}

const open = async (query: string, prelude: string, at: string = served.address): Promise<Page> => {
  const page = await browser.openPage()
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
  })
  await page.addInitScript(hook(prelude))
  await page.setViewportSize({ width: 1440, height: 960 })
  await page.goto(at + query)
  return page
}

const patience = { timeout: 120_000 }
const state = (page: Page, name: string) =>
  page.waitForFunction(`document.querySelector('#status').dataset.state === '${name}'`, null, patience)
const atLeast = (page: Page, iterations: number) =>
  page.waitForFunction(`Number(document.querySelector('#iterations').textContent) >= ${iterations}`, null, patience)
const text = async (page: Page, id: string): Promise<string> => (await page.locator(`#${id}`).textContent()) ?? ''

const reports = async (page: Page): Promise<readonly Report[]> => page.evaluate('reports')
const points = async (page: Page): Promise<readonly Point[]> =>
  (await reports(page)).flatMap((report) => (report.kind === 'progress' ? report.points : []))
const losses = async (page: Page): Promise<readonly number[]> => (await points(page)).map(({ loss }) => loss)

interface GpuCounts { readonly dispatches: number, readonly submits: number }
const gpuCounts = async (page: Page): Promise<GpuCounts> => page.workers()[0]!.evaluate('gpuCounts')

/** Runs to the limit; the work is counted from before the start, so that what finding a device takes is left out. */
const runToLimit = async (backend: string) => {
  const page = await open(`?size=128&limit=30&run=no&backend=${backend}`, counting)
  await state(page, 'idle')
  const before = await gpuCounts(page)
  await page.click('#run')
  await state(page, 'paused')
  const after = await gpuCounts(page)
  const evaluations = Number(await text(page, 'evaluations'))
  const result = {
    losses: await losses(page),
    status: await text(page, 'status'),
    evaluations,
    dispatches: after.dispatches - before.dispatches,
    submits: after.submits - before.submits,
  }
  await page.close()
  return result
}

test('falls alike on WebGPU and on the CPU, and the GPU does the work', async () => {
  const [gpu, cpu] = [await runToLimit('webgpu'), await runToLimit('cpu')]
  for (const { losses, status } of [gpu, cpu]) {
    assert.is(status, 'stopped after 30 iterations')
    assert.is(losses.length, 30)
    assert.ok(losses[29]! < losses[0]! / 100, `from ${losses[0]} to ${losses[29]}`)
  }
  gpu.losses.slice(0, 10).forEach((loss, k) => {
    const off = Math.abs(loss / cpu.losses[k]! - 1)
    assert.ok(off <= 1e-3, `iteration ${k + 1}: ${loss} on WebGPU, ${cpu.losses[k]} on the CPU`)
  })
  const [last, other] = [gpu.losses[29]!, cpu.losses[29]!]
  assert.ok(last < 1.25 * other && other < 1.25 * last, `after 30 iterations ${last} on WebGPU, ${other} on the CPU`)

  assert.ok(gpu.evaluations >= 30)
  assert.ok(gpu.submits >= gpu.evaluations, `${gpu.submits} submits, ${gpu.evaluations} evaluations`)
  assert.ok(gpu.dispatches >= 4 * gpu.evaluations, `${gpu.dispatches} dispatches: each evaluation has two transforms of two axes`)
  assert.is(cpu.submits, 0)
  assert.is(cpu.dispatches, 0)
})

test('pauses, resumes, and goes on: with another picture, on another backend, with strokes', async () => {
  const page = await open('?size=128&backend=webgpu', '')
  await atLeast(page, 5)
  await page.click('#run')
  await state(page, 'paused')
  assert.is(await text(page, 'run'), 'Resume')
  const paused = (await points(page)).length
  await page.waitForTimeout(300)
  assert.is((await points(page)).length, paused, 'nothing happens while it is paused')

  await page.click('#run')
  await atLeast(page, paused + 5)
  const resumed = await points(page)
  assert.equal(resumed.map(({ iteration }) => iteration), resumed.map((_, k) => k + 1), 'no iteration is lost or done twice')
  assert.ok(resumed[paused]!.loss <= resumed[paused - 1]!.loss, 'it goes on where it was')

  await page.click('label:has(input[value=cpu])')
  await page.waitForFunction("document.querySelector('#status').textContent === 'Running on the CPU'", null, patience)
  const moved = (await points(page)).length
  await atLeast(page, moved + 5)
  const all = await losses(page)
  assert.ok(all[moved]! <= 1.001 * all[moved - 1]!, 'the other backend goes on where this one was')

  await page.click('[data-picture=flower]')
  await page.waitForFunction('reports.filter((x) => x.kind === "running").length === 4', null, patience)
  const changed = (await points(page)).length
  await atLeast(page, changed + 20)
  const flower = (await losses(page)).slice(changed)
  assert.ok(flower[19]! < flower[0]! / 2, 'the new picture is found, too')

  const box = (await page.locator('#target').boundingBox())!
  await page.mouse.move(box.x + 0.1 * box.width, box.y + 0.1 * box.height)
  await page.mouse.down()
  await page.mouse.move(box.x + 0.3 * box.width, box.y + 0.1 * box.height)
  await page.mouse.up()
  await page.waitForFunction('reports.filter((x) => x.kind === "running").length > 4', null, patience)
  assert.is(await page.evaluate("document.querySelector('#target').getContext('2d').getImageData(100, 51, 1, 1).data[0]"), 255)
  const drawn = (await points(page)).length
  await atLeast(page, drawn + 2)
  await page.close()
})

test('draws by keys', async () => {
  const page = await open('?size=128&run=no&picture=paper', '')
  await state(page, 'idle')
  await page.focus('#target')
  for (const key of ['ArrowLeft', 'Shift+ArrowLeft', 'Shift+ArrowUp']) await page.keyboard.press(key)
  assert.is(await page.evaluate("document.querySelector('#target').getContext('2d').getImageData(240, 250, 1, 1).data[0]"), 255)
  await page.close()
})

test('goes on on the CPU when the device is lost', async () => {
  const page = await open('?size=128&backend=webgpu', counting)
  await atLeast(page, 10)
  await page.workers()[0]!.evaluate('gpuDevice.destroy()')
  await page.waitForFunction("document.querySelector('#status').textContent === 'Running on the CPU'", null, patience)
  assert.match(await text(page, 'device'), /^The GPU failed/)
  const lost = (await points(page)).length
  await page.waitForFunction(`reports.flatMap((x) => x.points ?? []).length >= ${lost + 10}`, null, patience)
  const all = await losses(page)
  assert.ok(all.at(-1)! < all[9]!, 'little is lost')

  await page.click('label:has(input[value=webgpu])')
  await page.waitForFunction("document.querySelector('#status').textContent === 'Running on WebGPU'", null, patience)
  const back = (await points(page)).length
  await page.waitForFunction(`reports.flatMap((x) => x.points ?? []).length >= ${back + 3}`, null, patience)
  await page.close()
})

test('works without WebGPU, and says so', async () => {
  const page = await open('?size=128&limit=10', withoutWebGpu)
  await state(page, 'paused')
  assert.match(await text(page, 'device'), /no WebGPU here, so it runs on the CPU/)
  assert.ok(await page.locator('input[value=webgpu]').isDisabled())
  assert.ok(await page.locator('input[value=cpu]').isChecked())
  const all = await losses(page)
  assert.is(all.length, 10)
  assert.ok(all[9]! < all[0]! / 5)
  await page.close()
})

test('is served from its sources, too', async () => {
  const sources = await serveSources()
  try {
    const page = await open('?size=128&limit=3&backend=cpu', '', sources.address)
    await state(page, 'paused')
    assert.is((await losses(page)).length, 3)
    await page.close()
  } finally {
    await sources.close()
  }
})

test('looks as it should', async () => {
  const page = await open('?size=256&backend=webgpu&optimizer=nesterov', '')
  await atLeast(page, 40)
  await page.selectOption('#optimizer', 'lbfgs')
  await page.waitForFunction('reports.filter((x) => x.kind === "running").length === 2', null, patience)
  await atLeast(page, 60)
  await page.click('#run')
  await state(page, 'paused')
  assert.ok(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), 'nothing is wider than the page')
  mkdirSync('out', { recursive: true })
  await page.screenshot({ path: 'out/holography.png' })
  await page.setViewportSize({ width: 390, height: 844 }) // a telephone
  await page.waitForFunction('document.documentElement.scrollWidth <= innerWidth', null, { timeout: 5000 })
  await page.close()
})

it.run()
