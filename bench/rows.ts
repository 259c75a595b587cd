import { imports, start, stop } from './rows/command.ts'
import { install } from './rows/install.ts'
import { library } from './rows/library.ts'
import { listScale } from './rows/list-scale.ts'
import { memory } from './rows/memory.ts'
import { create, get, list } from './rows/requests.ts'
import { switches } from './rows/switches.ts'

export const ROWS = [start, stop, imports, library, get, list, create, listScale, switches, memory, install]
