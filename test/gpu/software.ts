// WebGPU on machines without a GPU. The package @sparticuz/chromium carries SwiftShader (Vulkan played by the
// processor), a Vulkan loader, Chromium, and the libraries and fonts that Chromium needs on a bare machine, all
// compressed. Unpacked once into node_modules, they serve Node's `webgpu` and the browser; nothing need be installed.
import { createReadStream, createWriteStream, existsSync, readFileSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { createBrotliDecompress } from 'node:zlib'
import { extract } from 'tar-fs'

export type GpuMode = 'software' | 'hardware' | 'off'

/** Where the unpacked parts lie. */
export interface Software {
  /** The shared libraries: the Vulkan loader and SwiftShader. */
  readonly libraries: string
  /** What tells a Vulkan loader of SwiftShader. */
  readonly driver: string
  readonly chromium: string
  /** Shared libraries of Chromium that a bare machine lacks. */
  readonly chromiumLibraries: string
  /** The configuration that tells fontconfig of the fonts. */
  readonly fonts: string
}

const modules = fileURLToPath(new URL('../../node_modules/', import.meta.url))
const source = join(modules, '@sparticuz/chromium')
const canPlay = process.platform === 'linux' && process.arch === 'x64'

/** What WIRTINGER_GPU says. Nothing said is `software` where SwiftShader runs, and the machine's own GPU elsewhere. */
export const gpuMode = (): GpuMode => {
  const asked = process.env['WIRTINGER_GPU'] ?? ''
  if (asked === '') return canPlay ? 'software' : 'hardware'
  if (asked === 'software' && !canPlay) {
    const here = `${process.platform} ${process.arch}`
    throw new Error(`WIRTINGER_GPU=software runs on linux x64 only, not on ${here}: use hardware or off`)
  }
  if (asked === 'software' || asked === 'hardware' || asked === 'off') return asked
  throw new Error(`WIRTINGER_GPU is '${asked}': it may be software, hardware (the machine's own GPU) or off`)
}

const layout = (folder: string): Software => ({
  libraries: folder,
  driver: join(folder, 'vk_swiftshader_icd.json'),
  chromium: join(folder, 'chromium'),
  chromiumLibraries: join(folder, 'lib'),
  fonts: join(folder, 'fonts.conf'),
})

const fontsOf = (folder: string): string => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>${join(folder, 'fonts')}</dir><cachedir>${join(folder, 'fonts-cache')}</cachedir></fontconfig>
`

const inflate = (name: string, target: NodeJS.WritableStream): Promise<void> =>
  pipeline(createReadStream(join(source, 'bin', name)), createBrotliDecompress({ chunkSize: 1 << 20 }), target)

const unpackInto = async (draft: string, folder: string): Promise<void> => {
  await Promise.all([
    inflate('chromium.br', createWriteStream(layout(draft).chromium, { mode: 0o755 })),
    ...['swiftshader', 'al2023', 'fonts'].map((name) => inflate(`${name}.tar.br`, extract(draft))),
  ])
  await writeFile(layout(draft).fonts, fontsOf(folder))
}

/** Unpacks what is not unpacked yet. A folder with its final name is complete, and processes may race for it. */
export const unpackSoftware = async (): Promise<Software> => {
  const { version } = JSON.parse(readFileSync(join(source, 'package.json'), 'utf8'))
  const cache = join(modules, '.cache/wirtinger')
  const folder = join(cache, `chromium-${version}`)
  if (existsSync(folder)) return layout(folder)
  await mkdir(cache, { recursive: true })
  const draft = await mkdtemp(`${folder}-`)
  try {
    await unpackInto(draft, folder)
    await chmod(draft, 0o755)
    await rename(draft, folder)
  } catch (error) {
    await rm(draft, { recursive: true, force: true })
    if (!existsSync(folder)) throw error
  }
  return layout(folder)
}

/** The variables with which a process must be started so that Node's `webgpu` finds an adapter in it. */
export const gpuEnvironment = async (): Promise<Readonly<Record<string, string>>> => {
  if (gpuMode() !== 'software') return {}
  const { libraries, driver } = await unpackSoftware()
  const others = process.env['LD_LIBRARY_PATH']
  return {
    LD_LIBRARY_PATH: others === undefined || others === '' ? libraries : `${libraries}${delimiter}${others}`,
    VK_DRIVER_FILES: driver,
  }
}
