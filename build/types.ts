// Type-checks everything under the three compilers that users have: the library with Node's types, and the page of the
// holography example with the browser's.
import { spawnSync } from 'node:child_process'

const compilers = ['typescript', 'typescript-7', 'typescript-5']
const projects = ['tsconfig.json', 'examples/holography/page/tsconfig.json']

for (const compiler of compilers) {
  for (const project of projects) {
    const { status } = spawnSync(process.execPath, [`node_modules/${compiler}/bin/tsc`, '-p', project], { stdio: 'inherit' })
    if (status === 0) continue
    console.error(`${project} does not compile under ${compiler}`)
    process.exitCode = 1
  }
}
