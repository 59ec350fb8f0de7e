import { fftLengthRow } from '../fourier.ts'

export default fftLengthRow(1000, 1024, 1.5)
