// The public face as JavaScript sees it: any argument anywhere. What TypeScript refuses has to be refused at run time, too.
import * as wirtinger from '../../index.ts'

/** Anything: to be called, or asked for a tensor's method. */
export interface Loose extends Methods { (...args: readonly unknown[]): Loose }
type Methods = { readonly [K in keyof wirtinger.Tensor]: Loose }

/** Forgets a type. */
export const loose = (x: unknown): Loose => x as Loose // on purpose: what follows is not held back by types

export const js = wirtinger as unknown as { readonly [K in keyof typeof wirtinger]: Loose } // as above
