import { fftRow } from '../fourier.ts'

export default fftRow(65536, 0.75)
