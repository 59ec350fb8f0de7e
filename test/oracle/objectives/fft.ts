// Fourier transforms, in their lengths, axes and norms.
import { inner, type Objectives } from '../objective.ts'

export const fft: Objectives = {
  fft2_batch_power: ({ z, v }) => v.mul(z.fft2().abs2()).sum(),
  fft2_ortho: ({ z, W }) => inner(W, z.fft2({ norm: 'ortho' })),
  fft_autocorr_real: ({ x, v }) => v.mul(x.fft().abs2().ifft().real()).sum(),
  fft_circconv: ({ a, b, W }) => inner(W, a.fft().mul(b.fft()).ifft()),
  fft_forward: ({ z, W }) => inner(W, z.fft({ norm: 'forward' })),
  fft_ortho: ({ z, W }) => inner(W, z.fft({ norm: 'ortho' })),
  fft_trunc: ({ z, W }) => inner(W, z.fft({ n: 4 })),
  fftn_3d: ({ z, W }) => inner(W, z.fftn()),
  fftshift: ({ z, W }) => inner(W, z.fft().fftshift()),
  ifft2_backward: ({ z, W }) => inner(W, z.ifft2({ norm: 'backward' })),
  ifft2_ortho: ({ z, W }) => inner(W, z.ifft2({ norm: 'ortho' })),
  irfft_6: ({ Z, v }) => v.mul(Z.irfft({ n: 6 })).sum(),
}
