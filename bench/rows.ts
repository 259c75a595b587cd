import { guards } from './rows/guards.ts'
import { library } from './rows/library.ts'
import { memory } from './rows/memory.ts'
import { imports, start, stop } from './rows/process.ts'
import { get, list, writes } from './rows/requests.ts'
import { scale } from './rows/scale.ts'

export const ROWS = [start, library, imports, get, list, writes, scale, memory, stop, guards]
