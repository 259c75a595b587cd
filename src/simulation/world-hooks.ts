import { scheduleExpiries } from '../resources/connections/ledger.ts'
import type { WorldHooks } from '../worlds/extensions.ts'
import { reactToEvents } from './on-events.ts'
import { scheduleScenario } from './scenario.ts'
import { loseConnectorsOfEarlierServer, stopConnectors } from './server-restart.ts'

/** The life of the simulated connectors in a world, and of the connections they left. */
export const SIMULATION_HOOKS: WorldHooks = {
  started: reactToEvents,
  filled: (world, scenario, now) => {
    scheduleScenario(world, scenario, now)
    scheduleExpiries(world, now)
  },
  reopened: world => {
    loseConnectorsOfEarlierServer(world)
    scheduleExpiries(world, world.clock.now())
  },
  stopping: stopConnectors,
}
