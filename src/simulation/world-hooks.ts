import { scheduleExpiries } from '../resources/connections/ledger.ts'
import { simulateRealConnectors } from '../resources/connections/real-store.ts'
import type { WorldHooks } from '../worlds/extensions.ts'
import { reactToEvents } from './on-events.ts'
import { scheduleScenario, stepsToCome } from './scenario.ts'
import { loseConnectorsOfEarlierServer, stopConnectors } from './server-restart.ts'

export const SIMULATION_HOOKS: WorldHooks = {
  started: reactToEvents,
  loaded: (world, scenario, now) => {
    scheduleScenario(world, scenario, now)
    scheduleExpiries(world, now)
  },
  stepsToCome,
  copied: simulateRealConnectors,
  reopened: loseConnectorsOfEarlierServer,
  stopping: stopConnectors,
}
