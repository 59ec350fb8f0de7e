// How the page begins, from its address: ?size=128&backend=cpu&optimizer=adam&start=random&picture=moon&limit=30&run=no
import { backendNames, optimizerNames, sizes, startNames } from '../choices.ts'
import type { BackendName, OptimizerName, Size, StartName } from '../choices.ts'
import { pictureNames, type PictureName } from './pictures.ts'

export interface Settings {
  readonly size: Size
  readonly backend: BackendName
  readonly optimizer: OptimizerName
  readonly start: StartName
  readonly picture: PictureName
  /** Iterations until it stops by itself. */
  readonly limit: number
  /** Whether it runs at once. */
  readonly run: boolean
}

/** Unknown values are left out, as by anything that reads addresses. */
export const settingsOf = (query: string): Settings => {
  const params = new URLSearchParams(query)
  const choose = <T extends string | number>(name: string, values: readonly T[], otherwise: T): T =>
    values.find((value) => String(value) === params.get(name)) ?? otherwise
  const limit = Number(params.get('limit'))
  return {
    size: choose('size', sizes, 512),
    backend: choose('backend', backendNames, 'webgpu'),
    optimizer: choose('optimizer', optimizerNames, 'lbfgs'),
    start: choose('start', startNames, 'lens'),
    picture: choose('picture', pictureNames, 'camera'),
    limit: Number.isInteger(limit) && limit > 0 ? limit : 1000,
    run: params.get('run') !== 'no',
  }
}
