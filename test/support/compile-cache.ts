import { resolve } from 'node:path'

/** The environment for processes that run sources: half of their start is reading TypeScript. */
export const COMPILE_CACHE = { NODE_COMPILE_CACHE: resolve('node_modules/.cache/node') }
