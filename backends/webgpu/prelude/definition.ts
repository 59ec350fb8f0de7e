// What the prelude is made of.

/** A WGSL function, and the functions of the prelude that it calls. */
export interface Definition { readonly text: string; readonly needs: readonly string[] }

export type Definitions = Readonly<Record<string, Definition>>

/** Functions by name; what each of them calls of these, or of `others`, is found in its text. */
export const define = (functions: Readonly<Record<string, string>>, others: readonly string[] = []): Definitions => {
  const known = new Set([...Object.keys(functions), ...others])
  return Object.fromEntries(Object.entries(functions).map(([name, text]) =>
    [name, { text, needs: calledIn(text).filter((f) => f !== name && known.has(f)) }]))
}

/** What looks like a call, each once. */
export const calledIn = (code: string): readonly string[] =>
  [...new Set([...code.matchAll(/\b([a-z]\w*)\s*\(/g)].map((match) => match[1]!))]
