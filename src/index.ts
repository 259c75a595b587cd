/** The library: an emulator in a test, and the models of the API. */
export type { Emulator, EmulatorOptions } from './emulator.ts'
export { createEmulator } from './emulator.ts'
