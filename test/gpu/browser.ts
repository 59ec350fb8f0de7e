// A browser with WebGPU: the unpacked Chromium, headless, on the software adapter. It reaches this machine only.
import { chromium } from 'playwright-core'
import type { LaunchOptions, Page } from 'playwright-core'
import { gpuMode, unpackSoftware } from './software.ts'

export interface TestBrowser {
  /** Opens an address; without one, an empty page that may use WebGPU. What a page throws fails the next `close`. */
  readonly openPage: (address?: string) => Promise<Page>
  /** Closes the browser and throws what its pages threw. */
  readonly close: () => Promise<void>
}

/** WebGPU is there in secure contexts alone. No such host exists; its one page is answered here. */
const emptyPage = 'https://wirtinger.test/'

const flags = [
  '--no-sandbox',
  '--enable-unsafe-webgpu',
  '--enable-features=Vulkan',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-domain-reliability',
  '--disable-sync',
  '--no-pings',
  '--no-first-run',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1',
]

const launchOptions = async (): Promise<LaunchOptions> => {
  const mode = gpuMode()
  if (mode === 'off') throw new Error('WebGPU is switched off by WIRTINGER_GPU=off')
  if (mode === 'hardware') return { channel: 'chrome', args: flags }
  const { chromium: executablePath, libraries, chromiumLibraries, fonts } = await unpackSoftware()
  return {
    executablePath,
    args: [...flags, '--use-webgpu-adapter=swiftshader'],
    env: { ...process.env, LD_LIBRARY_PATH: `${libraries}:${chromiumLibraries}`, FONTCONFIG_FILE: fonts },
  }
}

/** Starts a browser: the unpacked Chromium, or with WIRTINGER_GPU=hardware the Chrome of the machine. */
export const openBrowser = async (): Promise<TestBrowser> => {
  const browser = await chromium.launch(await launchOptions())
  const thrown: Error[] = []
  const openPage = async (address: string = emptyPage): Promise<Page> => {
    const page = await browser.newPage({ locale: 'en-US' })
    page.on('pageerror', (error) => thrown.push(error))
    await page.route(emptyPage, (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html>' }))
    await page.goto(address)
    return page
  }
  const close = async (): Promise<void> => {
    await browser.close()
    if (thrown.length > 0) throw new AggregateError(thrown, thrown.map(({ message }) => message).join('\n'))
  }
  return { openPage, close }
}
