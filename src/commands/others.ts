/** The verbs beside `serve`: who starts a server does not load them. */
import type { Command } from 'commander'
import { addClock } from './clock.ts'
import { addConnectors } from './connector.ts'
import { addEnv } from './env.ts'
import { addFaults } from './faults.ts'
import { addReadiness } from './readiness.ts'
import { addReport } from './report.ts'
import { addRequests } from './requests.ts'
import { addSeed } from './seed.ts'
import type { Shell } from './shell.ts'
import { addReset, addSnapshots } from './snapshot.ts'

/** In the order in which the help shows them. */
export const addOthers = (program: Command, shell: Shell): void => {
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
