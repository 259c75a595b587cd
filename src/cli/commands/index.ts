import type { Command } from 'commander'
import type { CliHost } from '../host.ts'
import { addClock } from './clock.ts'
import { addCompletion } from './completion.ts'
import { addConnectors } from './connectors.ts'
import { addEdge } from './edge.ts'
import { addEnv } from './env.ts'
import { addEvents } from './events.ts'
import { addFaults } from './faults.ts'
import { addHealth } from './health.ts'
import { addHelp } from './help.ts'
import { addInit } from './init.ts'
import { addLint } from './lint.ts'
import { addOpen } from './open.ts'
import { addReport } from './report.ts'
import { addRequests } from './requests.ts'
import { addReset } from './reset.ts'
import { addSeed } from './seed.ts'
import { addServe } from './serve.ts'
import { addSnapshots } from './snapshots.ts'
import { addTunnels } from './tunnels.ts'
import { addWait } from './wait.ts'
import { addWorlds } from './worlds.ts'

type AddCommand = (program: Command, host: CliHost) => void

/** In the order in which the help lists them. */
export const COMMAND_GROUPS: Readonly<Record<string, readonly AddCommand[]>> = {
  Server: [addServe, addEnv, addOpen, addWait, addHealth],
  Data: [addSeed, addReset, addSnapshots, addWorlds, addClock],
  'Tunnels and connectors': [addTunnels, addConnectors, addEdge],
  'Requests and events': [addRequests, addEvents, addFaults, addReport, addLint],
  'Set-up': [addInit, addCompletion, addHelp],
}
