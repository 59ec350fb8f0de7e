// The elements of the page, by id and with their types.

type Kind<E extends Element> = new () => E

/** @throws unless the page has such an element. */
export const byId = <E extends Element>(id: string, kind: Kind<E>): E => {
  const element = document.getElementById(id)
  if (element instanceof kind) return element
  throw new Error(`the page has no ${kind.name} with the id ${id}`)
}

export const context2d = (canvas: HTMLCanvasElement): CanvasRenderingContext2D => {
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (context === null) throw new Error('this browser cannot draw on a canvas')
  return context
}

export const button = (id: string): HTMLButtonElement => byId(id, HTMLButtonElement)
export const canvas = (id: string): HTMLCanvasElement => byId(id, HTMLCanvasElement)

/** What a group of radio buttons and a select have in common: one of several values. */
export interface Choice<T extends string> {
  readonly get: () => T
  readonly set: (value: T) => void
  readonly onChange: (listener: (value: T) => void) => void
}

const oneOf = <T extends string>(values: readonly T[], text: string): T => values.find((value) => value === text) ?? values[0]!

export const select = <T extends string>(id: string, values: readonly T[]): Choice<T> => {
  const element = byId(id, HTMLSelectElement)
  const get = (): T => oneOf(values, element.value)
  return {
    get,
    set: (value) => { element.value = value },
    onChange: (listener) => element.addEventListener('change', () => listener(get())),
  }
}

export interface Radios<T extends string> extends Choice<T> {
  readonly disable: (value: T) => void
}

export const radios = <T extends string>(name: string, values: readonly T[]): Radios<T> => {
  const buttons = [...document.querySelectorAll<HTMLInputElement>(`input[type=radio][name=${name}]`)]
  const get = (): T => oneOf(values, buttons.find((x) => x.checked)?.value ?? '')
  return {
    get,
    set: (value) => { for (const x of buttons) x.checked = x.value === value },
    disable: (value) => { for (const x of buttons) if (x.value === value) x.disabled = true },
    onChange: (listener) => { for (const x of buttons) x.addEventListener('change', () => listener(get())) },
  }
}
