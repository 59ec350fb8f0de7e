// Time: the little of it that every host of JavaScript has.
declare const performance: { readonly now: () => number }
declare const setTimeout: (f: () => void, milliseconds: number) => unknown

export const seconds = (): number => performance.now() / 1000

/** Lets timers, events and the user interface have their turn. */
export const breath = (): Promise<void> => new Promise((resolve) => { setTimeout(resolve, 0) })
