// At most one call in a while, and the last one is never lost.
export const throttle = (milliseconds: number, call: () => void): (() => void) => {
  let timer: ReturnType<typeof setTimeout> | null = null
  let isDue = false
  const tick = (): void => {
    timer = null
    if (!isDue) return
    isDue = false
    call()
    timer = setTimeout(tick, milliseconds)
  }
  return () => {
    isDue = true
    if (timer === null) tick()
  }
}
