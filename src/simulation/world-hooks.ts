import { scheduleExpiries } from '../resources/connections/ledger.ts'
import { simulateRealConnectors } from '../resources/connections/real-store.ts'
import { countByStatus, countTunnels } from '../resources/tunnels/store.ts'
import type { WorldHooks } from '../worlds/extensions.ts'
import { reactToEvents } from './on-events.ts'
import { scheduleScenario, stepsToCome } from './scenario.ts'
import { factsAfterStop, loseConnectorsOfEarlierServer, stopConnectors } from './server-restart.ts'

export const SIMULATION_HOOKS: WorldHooks = {
  started: reactToEvents,
  loaded: (world, scenario, now) => {
    scheduleScenario(world, scenario, now)
    scheduleExpiries(world, now)
  },
  stepsToCome,
  factsOf: (world, now) => ({
    now,
    frozen: world.clock.isFrozen(),
    tunnels: countTunnels(world.db),
    statuses: countByStatus(world.db, world.momentAt(now)),
    requests: world.requestLog.size(),
    faults: world.faults.list(now).filter(({ exhausted }) => !exhausted).length,
  }),
  factsAfterStop,
  copied: simulateRealConnectors,
  reopened: loseConnectorsOfEarlierServer,
  stopping: stopConnectors,
}
