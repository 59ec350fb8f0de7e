// The names of the browser's world that @webgpu/types and playwright-core take for granted. The project compiles
// without lib.dom, which contradicts @webgpu/types, and in Node there are neither pictures nor a page.
type BufferSource = ArrayBuffer | ArrayBufferView<ArrayBuffer>
type EventListenerOrEventListenerObject = ((event: Event) => void) | { handleEvent(event: Event): void }
interface AddEventListenerOptions extends EventListenerOptions {
  readonly once?: boolean
  readonly passive?: boolean
}
interface EventInit {
  readonly bubbles?: boolean
  readonly cancelable?: boolean
  readonly composed?: boolean
}
type PredefinedColorSpace = 'srgb' | 'display-p3'
type ImageBitmap = never
type ImageData = never
type HTMLImageElement = never
type VideoFrame = never
interface Node {
  readonly nodeType: number
  readonly textContent: string | null
}
interface HTMLElement extends Node {
  readonly tagName: string
}
type SVGElement = HTMLElement
type HTMLElementTagNameMap = Readonly<Record<string, HTMLElement>>
