// What can be chosen, by the names that the page and the worker use between them.

export const sizes = [128, 256, 512] as const
export type Size = (typeof sizes)[number]

export const backendNames = ['webgpu', 'cpu'] as const
export type BackendName = (typeof backendNames)[number]

export const optimizerNames = ['lbfgs', 'nesterov', 'adam'] as const
export type OptimizerName = (typeof optimizerNames)[number]

export const startNames = ['lens', 'random'] as const
export type StartName = (typeof startNames)[number]
