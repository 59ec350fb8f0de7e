// Misuse is thrown as a WirtingerError: tagged, so that it can be matched, and worded for the person who meets it.

export type ErrorTag =
  | 'ShapeError' | 'DTypeError' | 'TraceError' | 'TreeError' | 'ObjectiveError' | 'DerivativeError' | 'IndexError' | 'OptionError'
  | 'BackendError' | 'MemoryBudgetError' | 'DeviceLostError' | 'GpuValidationError' | 'GpuOutOfMemoryError' | 'PrecisionError' | UnavailableTag

/** Why there is no device. */
export type UnavailableTag = 'NoWebGPU' | 'NoAdapter' | 'LimitsTooSmall' | 'DeviceRefused'

/** Base of every error that wirtinger throws itself. `_tag` names the kind; the message says what was met and the way out. */
export class WirtingerError extends Error {
  readonly _tag: ErrorTag
  constructor(tag: ErrorTag, message: string, options?: ErrorOptions) {
    super(message, options)
    this._tag = tag
    this.name = tag
  }
}

const kind = <T extends ErrorTag>(tag: T) => class extends WirtingerError {
  declare readonly _tag: T
  constructor(message: string, options?: ErrorOptions) { super(tag, message, options) }
}

/** Shapes that do not fit the operation. */
export class ShapeError extends kind('ShapeError') {}
/** DTypes that the operation has no meaning for. */
export class DTypeError extends kind('DTypeError') {}
/** A symbolic tensor was read, or used after its trace had closed. */
export class TraceError extends kind('TraceError') {}
/** Parameters that are not tensors, or arrays and records of tensors. */
export class TreeError extends kind('TreeError') {}
/** An objective that is not a real scalar. */
export class ObjectiveError extends kind('ObjectiveError') {}
/** A derivative that does not exist or is not defined. */
export class DerivativeError extends kind('DerivativeError') {}
/** An index outside its axis. */
export class IndexError extends kind('IndexError') {}
/** An option or argument outside its domain. */
export class OptionError extends kind('OptionError') {}
/** A backend that cannot do what was asked. */
export class BackendError extends kind('BackendError') {}

/** The buffers in use leave no room for another one within the byte budget of the device. All figures are bytes. */
export class MemoryBudgetError extends kind('MemoryBudgetError') {
  readonly used: number
  readonly wanted: number
  readonly budget: number
  constructor(message: string, figures: { readonly used: number; readonly wanted: number; readonly budget: number }) {
    super(message)
    this.used = figures.used
    this.wanted = figures.wanted
    this.budget = figures.budget
  }
}
/** The device is gone: the driver crashed or was reset, or someone destroyed it. What was on it is lost. */
export class DeviceLostError extends kind('DeviceLostError') {}
/** WebGPU refused a kernel or a command. It is not your mistake: please report it. */
export class GpuValidationError extends kind('GpuValidationError') {}
/** Numbers that need more precision or range than the device computes with. */
export class PrecisionError extends kind('PrecisionError') {}
/** The device itself had no memory left, whatever the budget. */
export class GpuOutOfMemoryError extends kind('GpuOutOfMemoryError') {}

/** There is no device to compute on. `_tag` says why, the message what can be done. */
export class UnavailableError extends WirtingerError {
  declare readonly _tag: UnavailableTag
  constructor(tag: UnavailableTag, message: string, options?: ErrorOptions) { super(tag, message, options) }
}
