// What docs/ and docstrings show of WebGPU runs, and prints what it says.
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { webgpu } from '../../backends/webgpu/index.ts'
import { blocks, needsGpu } from '../docs/blocks.ts'
import { examples } from '../docs/docstrings.ts'
import { runsAsItSays } from '../docs/running.ts'
import { openDevice } from '../gpu/device.ts'

const device = await openDevice()
const modules = { 'wirtinger/webgpu': { webgpu: () => webgpu({ device }) } }
const shown = [...blocks, ...examples].filter(({ code }) => needsGpu(code))

const test = suite('documents on WebGPU')
for (const { place, code } of shown) test(place, () => runsAsItSays(code, modules))
test('there are some', () => assert.ok(shown.length >= 3, `${shown.length}`))
test.run()
