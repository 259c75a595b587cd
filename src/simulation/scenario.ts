import { parseDuration } from '../../schemas/duration.ts'
import type { ScenarioStep } from '../../schemas/state.ts'
import { microsOf, plusMillis } from '../../schemas/time.ts'
import type { Timestamp } from '../../schemas/timestamp.ts'
import { closeConnections, loseConnections } from '../resources/connections/ledger.ts'
import { CONNECTIONS_PER_CONNECTOR, isLive } from '../resources/connections/rules.ts'
import { findConnector } from '../resources/connections/store.ts'
import { findTunnel } from '../resources/tunnels/store.ts'
import type { Plan } from '../world/scheduler.ts'
import type { World } from '../world/world.ts'
import { drain, tryReconnect } from './connectors.ts'
import { endFlap } from './flap.ts'
import { planFor } from './plan.ts'

/** Interval at which a drained connector closes its connections (our choice). */
export const DRAIN_EVERY_MS = 1_000

/**
 * Our limit for the repetitions of a step in one jump of the clock, which may be a jump of years.
 */
const MAX_REPETITIONS = 100

/**
 * Schedules the steps of a scenario. A step does nothing if its tunnel or connector is gone, or the
 * connector is real.
 */
export function scheduleScenario(world: World, steps: readonly ScenarioStep[], now: Timestamp): void {
  for (const step of steps) scheduleStep(world, step, plusMillis(now, parseDuration(step.after)))
}

interface ScheduledStep {
  readonly step: ScenarioStep
  readonly due: Timestamp
}

const scheduled = new WeakMap<World, Set<ScheduledStep>>()

export function stepsToCome(world: World, now: Timestamp): readonly ScenarioStep[] {
  const steps = [...(scheduled.get(world) ?? [])]
  return steps.map(({ step, due }) => ({ ...step, after: `${Math.max(microsOf(due) - microsOf(now), 0)}us` }))
}

function scheduleStep(world: World, step: ScenarioStep, due: Timestamp): void {
  const steps = scheduled.get(world) ?? new Set()
  const known = { step, due }
  scheduled.set(world, steps.add(known))
  const run = (_due: Timestamp, now: Timestamp): void => {
    runStep(world, step, due)
    steps.delete(known)
    const next = step.every === undefined ? due : repetitionAfter(due, parseDuration(step.every), now)
    if (next > due) scheduleStep(world, step, next)
  }
  world.scheduler.add(due, run, planOf(step), true)
}

/** Skips old repetitions after a long jump. At the end of all times, it returns `due` itself. */
function repetitionAfter(due: Timestamp, everyMs: number, now: Timestamp): Timestamp {
  const missed = Math.floor((microsOf(now) - microsOf(due)) / 1_000 / everyMs)
  return plusMillis(due, everyMs * Math.max(1, missed + 1 - MAX_REPETITIONS))
}

const HAPPENINGS = {
  lost: 'connector_loses_connections',
  stopped: 'connector_stops',
  drained: 'connector_drains',
  back: 'connector_reconnects',
} as const satisfies Record<ScenarioStep['happens'], Plan['happens']>

function planOf({ account_id, tunnel_id, connector_id, happens }: ScenarioStep): Plan {
  const tunnel = { account_tag: account_id.toLowerCase(), id: tunnel_id.toLowerCase() }
  return planFor(HAPPENINGS[happens], tunnel, connector_id.toLowerCase())
}

function runStep(world: World, { account_id, tunnel_id, connector_id, happens }: ScenarioStep, now: Timestamp): void {
  const { db } = world
  const moment = world.momentAt(now)
  const tunnel = findTunnel(db, account_id.toLowerCase(), tunnel_id.toLowerCase(), moment)
  const connector = tunnel && findConnector(db, tunnel, connector_id.toLowerCase(), moment)
  if (!connector || connector.kind === 'real') return

  const live = connector.connections.filter(isLive)
  if (happens === 'lost') loseConnections(world, tunnel, live, now)
  if (happens === 'stopped') {
    endFlap(world, tunnel, connector.id)
    closeConnections(world, tunnel, connector.connections, now)
  }
  if (happens === 'drained') drain(world, tunnel, live, DRAIN_EVERY_MS, now)
  if (happens === 'back') tryReconnect(world, tunnel, connector, CONNECTIONS_PER_CONNECTOR, now)
}
