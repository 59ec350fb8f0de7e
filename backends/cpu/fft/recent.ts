// A bounded cache: what was used last stays.

/**
 * Looks a key up, or makes its value and keeps it. What exceeds the budget goes, the least recently used first, but the
 * newest never.
 */
export const recent = <V>(budget: number, weight: (value: V) => number): ((key: string, make: () => V) => V) => {
  const kept = new Map<string, V>()
  let total = 0
  return (key, make) => {
    const found = kept.get(key)
    const value = found ?? make()
    kept.delete(key)
    kept.set(key, value)
    if (found === undefined) total += weight(value)
    for (const [oldest, dropped] of kept) {
      if (total <= budget || oldest === key) break
      kept.delete(oldest)
      total -= weight(dropped)
    }
    return value
  }
}
