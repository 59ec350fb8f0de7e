// The one door to fp-ts. Everyone imports from here; the specifiers are the ones that plain Node resolves in ESM.
// Each module costs start-up time, so what nobody uses does not stand here.
export * as E from 'fp-ts/lib/Either.js'
export * as M from 'fp-ts/lib/Monoid.js'
export * as O from 'fp-ts/lib/Option.js'
export * as S from 'fp-ts/lib/Semigroup.js'
export * as TE from 'fp-ts/lib/TaskEither.js'
export { flow, identity, pipe } from 'fp-ts/lib/function.js'
export type { HKT, Kind, URIS } from 'fp-ts/HKT'
export type { Either } from 'fp-ts/lib/Either.js'
export type { Monoid } from 'fp-ts/lib/Monoid.js'
export type { Option } from 'fp-ts/lib/Option.js'
export type { Semigroup } from 'fp-ts/lib/Semigroup.js'
export type { TaskEither } from 'fp-ts/lib/TaskEither.js'
