// A line search has been at the point that its updates lead to. Whoever adds them to the parameters gets that very point.
const arrivals = new WeakMap<object, { readonly from: unknown; readonly to: unknown }>()

/** Notes that `from` + `updates` is `to`. */
export const arrive = (updates: unknown, from: unknown, to: unknown): void => {
  if (typeof updates === 'object' && updates !== null) arrivals.set(updates, { from, to })
}

/** `from` + `updates`, if a search was there. */
export const arrival = (updates: unknown, from: unknown): unknown => {
  const known = typeof updates === 'object' && updates !== null ? arrivals.get(updates) : undefined
  return known !== undefined && known.from === from ? known.to : undefined
}
