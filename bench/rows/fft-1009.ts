import { fftLengthRow } from '../fourier.ts'

export default fftLengthRow(1009, 1024, 7)
