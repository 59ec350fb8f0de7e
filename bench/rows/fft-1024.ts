import { fftRow } from '../fourier.ts'

export default fftRow(1024, 0.9)
