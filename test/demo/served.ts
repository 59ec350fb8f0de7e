// The holography page in a browser: built and served, with a hook around its worker that says what went on inside.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, createServer, preview } from 'vite'

const root = fileURLToPath(new URL('../../examples/holography', import.meta.url))
const configFile = join(root, 'vite.config.ts')
const common = { root, configFile, logLevel: 'error' } as const
const local = { host: '127.0.0.1', port: 0 }

export interface Served {
  readonly address: string
  readonly close: () => Promise<void>
}

/** @throws unless the server listens. */
const addressOf = (urls: { readonly local: readonly string[] } | null): string => {
  const [first] = urls?.local ?? []
  if (first === undefined) throw new Error('the page is not served')
  return first
}

/** The page as it would be published. */
export const serveBuilt = async (): Promise<Served> => {
  const outDir = await mkdtemp(join(tmpdir(), 'holography-'))
  await build({ ...common, build: { outDir } })
  const server = await preview({ ...common, build: { outDir }, preview: local })
  return {
    address: addressOf(server.resolvedUrls),
    close: async () => {
      await server.close()
      await rm(outDir, { recursive: true })
    },
  }
}

/** The page as `npm run demo` serves it. */
export const serveSources = async (): Promise<Served> => {
  const server = await createServer({ ...common, server: { ...local, hmr: false } })
  await server.listen()
  return { address: addressOf(server.resolvedUrls), close: () => server.close() }
}

/** Counts in the worker what is asked of the GPU, as `gpuCounts`, and keeps the device, as `gpuDevice`. */
export const counting = `
  globalThis.gpuCounts = { dispatches: 0, submits: 0 }
  const { requestDevice } = GPUAdapter.prototype
  GPUAdapter.prototype.requestDevice = async function (...args) {
    return globalThis.gpuDevice = await requestDevice.apply(this, args)
  }
  const count = (prototype, method, name) => {
    const original = prototype[method]
    prototype[method] = function (...args) { gpuCounts[name]++; return original.apply(this, args) }
  }
  count(GPUComputePassEncoder.prototype, 'dispatchWorkgroups', 'dispatches')
  count(GPUQueue.prototype, 'submit', 'submits')`

export const withoutWebGpu = "Object.defineProperty(WorkerNavigator.prototype, 'gpu', { value: undefined })"

/** For `addInitScript`: each worker begins with `prelude`, and what it reports is kept in the page as `reports`. */
export const hook = (prelude: string): string => `
  globalThis.reports = []
  globalThis.Worker = class extends Worker {
    constructor(url, options) {
      const code = ${JSON.stringify(prelude)} + ';await import(' + JSON.stringify(new URL(url, location.href).href) + ')'
      super(URL.createObjectURL(new Blob([code], { type: 'text/javascript' })), options)
      this.addEventListener('message', ({ data }) => {
        const { shown, phase, ...rest } = data
        reports.push(rest)
      })
    }
  }`
