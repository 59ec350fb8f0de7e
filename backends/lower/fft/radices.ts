// The radices of a length: its prime factors, twos taken together.

/**
 * Rows up to which eights are better than fours: a pass less over the data, but twice as many streams, which evict each
 * other from the cache where they lie a large power of two apart.
 */
const longestWithEights = 8192

/** The radices of n: eights (if wanted), fours, at most one two, then the odd primes in growing order. */
export const radices = (n: number, eights: boolean): readonly number[] => {
  const found: number[] = []
  let rest = n
  let twos = 0
  for (; rest % 2 === 0; rest /= 2) twos++
  for (; eights && n <= longestWithEights && twos >= 3 && twos !== 4; twos -= 3) found.push(8)
  for (; twos >= 2; twos -= 2) found.push(4)
  if (twos === 1) found.push(2)
  for (let prime = 3; prime * prime <= rest; prime += 2) {
    for (; rest % prime === 0; rest /= prime) found.push(prime)
  }
  if (rest > 1) found.push(rest)
  return found
}
