/** The verbs beside `serve`: who starts a server does not load them. */
import type { Command } from 'commander'
import type { Shell } from '../host.ts'
import { addClock } from './clock.ts'
import { addConnectors } from './connectors.ts'
import { addEnv } from './env.ts'
import { addFaults } from './faults.ts'
import { addReport } from './report.ts'
import { addRequests } from './requests.ts'
import { addSeed } from './seed.ts'
import { addReset, addSnapshots } from './snapshots.ts'
import { addReadiness } from './wait.ts'

/** In the order in which the help shows them. */
export function addOthers(program: Command, shell: Shell): void {
  addEnv(program, shell)
  addReadiness(program, shell)
  addReset(program, shell)
  addSeed(program, shell)
  addSnapshots(program, shell)
  addConnectors(program, shell)
  addClock(program, shell)
  addFaults(program, shell)
  addRequests(program, shell)
  addReport(program, shell)
}
