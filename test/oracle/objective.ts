// What the written cases have in common: an objective of named inputs, and the words in which the oracle states it.
import type { Tensor } from '../../index.ts'

type Name =
  | 'A' | 'A0' | 'A1' | 'A2' | 'Bf' | 'Cf' | 'Cm' | 'Hd' | 'M' | 'O' | 'P' | 'S' | 'T' | 'U' | 'V' | 'W' | 'W1' | 'W2'
  | 'X' | 'Xd' | 'Z' | 'a' | 'b' | 'b1' | 'base' | 'bm' | 'c' | 'd' | 'f' | 'g' | 'gam' | 'h' | 'l' | 'm' | 'mask'
  | 'om' | 'p' | 's' | 'src' | 't' | 'tgt' | 'theta' | 'theta0' | 'u' | 'u0' | 'v' | 'w' | 'x' | 'y' | 'z'

export type Inputs = Readonly<Record<Name, Tensor>>
export type Objective = (inputs: Inputs) => Tensor
/** The objectives of one group, by the id of their case. */
export type Objectives = Readonly<Record<string, Objective>>

export const i = { re: 0, im: 1 } as const

/** ⟨W, Y⟩ = Re Σ conj(W)·Y: the cotangent of Y is then W. */
export const inner = (W: Tensor, Y: Tensor): Tensor => W.conj().mul(Y).sum().real()

/** Σ |z|². */
export const energy = (z: Tensor): Tensor => z.abs2().sum()
