import type { Row } from './row.ts'
import { imports, start, stop } from './rows/command.ts'
import { edge, edgeCloudflared } from './rows/edge.ts'
import { edgeMemory } from './rows/edge-memory.ts'
import { install } from './rows/install.ts'
import { library } from './rows/library.ts'
import { listScale } from './rows/list-scale.ts'
import { memory } from './rows/memory.ts'
import { metrics } from './rows/metrics.ts'
import { create, get, list } from './rows/requests.ts'
import { switches } from './rows/switches.ts'

export const ROWS: readonly Row[] = [
  ...[start, stop, imports, library, get, list, create, listScale, switches, metrics, memory],
  ...[edge, edgeCloudflared, edgeMemory, install],
]
