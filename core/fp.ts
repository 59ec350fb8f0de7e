// The one door to fp-ts. Everyone imports from here; the specifiers are the ones that plain Node resolves in ESM.
// Each module costs start-up time, so what nobody uses does not stand here.
export * as E from 'fp-ts/lib/Either.js'
export { flow, pipe } from 'fp-ts/lib/function.js'
export type { Either } from 'fp-ts/lib/Either.js'
export type { TaskEither } from 'fp-ts/lib/TaskEither.js'
