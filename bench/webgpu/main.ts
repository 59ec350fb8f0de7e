// What the GPU does for a program, and how fast. On a software adapter the times are those of the processor that plays
// the device; the counts are the same everywhere.
//
//   npm run bench:webgpu              every row
//   npm run bench:webgpu -- fft       the rows whose name contains a word
import { webgpu } from '../../backends/webgpu/index.ts'
import { openGpu } from '../../test/gpu/device.ts'
import { counting } from './counting.ts'
import { accuracy } from './accuracy.ts'
import { throughput } from './throughput.ts'

const backend = await webgpu({ gpu: openGpu() })
const words = process.argv.slice(2)
const { adapter, isSoftware } = backend.info
console.log(`${adapter}${isSoftware ? ' (a processor plays the device)' : ''}`)
for (const { name, bar, measure } of [...counting, ...accuracy, ...throughput(isSoftware)]) {
  if (words.length > 0 && !words.some((word) => name.includes(word))) continue
  console.log(`${name.padEnd(64)} ${(await measure(backend)).padEnd(44)} ${bar}`)
}
