import type { Command } from 'commander'
import type { CliHost } from '../host.ts'
import { addClock } from './clock.ts'
import { addConnectors } from './connectors.ts'
import { addEnv } from './env.ts'
import { addFaults } from './faults.ts'
import { addHealth } from './health.ts'
import { addLint } from './lint.ts'
import { addReport } from './report.ts'
import { addRequests } from './requests.ts'
import { addReset } from './reset.ts'
import { addSeed } from './seed.ts'
import { addServe } from './serve.ts'
import { addSnapshots } from './snapshots.ts'
import { addWait } from './wait.ts'

/** In the order in which the help lists them. */
export const COMMANDS: readonly ((program: Command, host: CliHost) => void)[] = [
  addServe,
  addEnv,
  addWait,
  addHealth,
  addReset,
  addSeed,
  addSnapshots,
  addConnectors,
  addClock,
  addFaults,
  addRequests,
  addReport,
  addLint,
]
