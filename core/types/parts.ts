// The parts of a complex number. Real tensors have them, too: their imaginary part is 0 and their phase is their sign.
import type { Unary } from './kinds.ts'

declare module './tensor.ts' {
  interface Operations extends Parts {}
}

export interface Parts {
  /**
   * |z|, real, without overflow on the way. Gradient: g·z/|z|, and 0 at 0.
   *
   * @example
   * ```ts
   * import { complex, tensor } from 'wirtinger'
   * console.log(complex(3, 4).abs().item()) // 5
   * console.log(tensor([-1, 2]).abs().toArray()) // [ 1, 2 ]
   * ```
   */
  readonly abs: Unary<'real'>

  /**
   * |z|² = z·conj(z), real, smooth at 0. Gradient: 2·z·g.
   *
   * @example
   * ```ts
   * import { complex } from 'wirtinger'
   * console.log(complex(3, 4).abs2().item()) // 25
   * ```
   */
  readonly abs2: Unary<'real'>

  /**
   * The angle of z in [−π, π], real. Gradient: (i·z/|z|)·g/|z|, and 0 at 0.
   *
   * @example
   * ```ts
   * import { complex } from 'wirtinger'
   * console.log(complex(0, 2).angle().item() === Math.PI / 2) // true
   * ```
   */
  readonly angle: Unary<'magnitude'>

  /**
   * The real part. Gradient: g.
   *
   * @example
   * ```ts
   * import { complex } from 'wirtinger'
   * console.log(complex(3, 4).real().item()) // 3
   * ```
   */
  readonly real: Unary<'real'>

  /**
   * The imaginary part, a real number; zeros for a real tensor. Gradient: i·g.
   *
   * @example
   * ```ts
   * import { complex } from 'wirtinger'
   * console.log(complex(3, 4).imag().item()) // 4
   * ```
   */
  readonly imag: Unary<'real'>

  /**
   * The complex conjugate; a real tensor is its own. Gradient: conj(g).
   *
   * @example
   * ```ts
   * import { complex } from 'wirtinger'
   * console.log(complex(3, 4).conj().item()) // { re: 3, im: -4 }
   * ```
   */
  readonly conj: Unary<'same'>

  /**
   * z/|z|, and 0 at 0; the sign of a real tensor. Gradient with s = phase(z): i·s·Im(conj(s)·g)/|z|, and 0 at 0.
   *
   * @example
   * ```ts
   * import { complex } from 'wirtinger'
   * console.log(complex(0, 2).phase().item()) // { re: 0, im: 1 }
   * ```
   */
  readonly phase: Unary<'same'>

  /**
   * −1, 0 or 1; the phase z/|z| of a complex tensor. The derivative of a real sign is 0.
   *
   * @example
   * ```ts
   * import { tensor } from 'wirtinger'
   * console.log(tensor([-3, 0, 5]).sign().toArray()) // [ -1, 0, 1 ]
   * ```
   */
  readonly sign: Unary<'same'>
}
