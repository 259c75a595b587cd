import { WORLD_EVENT_TYPES } from '../../schemas/control/event.ts'
import type { WorldOptions } from '../../schemas/options.ts'
import type { Moment, TunnelRecord } from '../../schemas/records.ts'
import type { Timestamp } from '../../schemas/timestamp.ts'
import type { Catalogue } from '../evidence/catalogue.ts'
import type { DatedChanges } from '../evidence/dated-changes.ts'
import type { Database } from '../store/database.ts'
import { createHeartbeat } from '../store/heartbeat.ts'
import { type Clock, createClock } from './clock.ts'
import { createEvents, type Events } from './events.ts'
import type { EvidenceReport } from './evidence-report.ts'
import { createFaults, type Faults } from './faults/faults.ts'
import { createIds, type Ids } from './ids.ts'
import { createSigner, type Signer } from './jwt-signer.ts'
import { createRateLimiter, type RateLimiter } from './rate-limit.ts'
import { createRequestLog, type RequestLog } from './request-log.ts'
import { createScheduler, type Scheduler } from './scheduler.ts'
import { ignoreStorageFailure } from './storage-failure.ts'

/**
 * What a resource does when a tunnel is created or deleted, inside the same transaction. It may
 * throw an ApiError to hold the change back, or change rows of its own.
 */
export interface TunnelHooks {
  readonly onTunnelCreated?: (world: World, tunnel: TunnelRecord, now: Timestamp) => void
  readonly onTunnelDelete?: (world: World, tunnel: TunnelRecord, deletion: TunnelDeletion) => void
}

interface TunnelDeletion {
  readonly now: Timestamp
  /** Whether what belongs to the tunnel goes with it, instead of holding the deletion back. */
  readonly cascade: boolean
}

export interface WorldSettings extends WorldOptions {
  readonly changes: DatedChanges
  /** What an instant means for connections. */
  readonly momentAt: (now: Timestamp) => Moment
  /** The time at which its clock is frozen from the start; undefined: it runs. */
  readonly frozen_at: Timestamp | undefined
  /** The behaviours that shaped the responses of all worlds. */
  readonly evidence_report: EvidenceReport
  /** What is emulated, and how we know it. */
  readonly catalogue: Catalogue
  /** Types of the events that the resources emit. */
  readonly event_types: readonly string[]
  /** What other resources do when a tunnel is created or deleted. */
  readonly tunnel_hooks: Required<TunnelHooks>
}

/** Everything that a request can see or change. A request belongs to exactly one world. */
export interface World extends WorldSettings {
  readonly id: string
  readonly db: Database
  readonly clock: Clock
  readonly ids: Ids
  readonly signer: Signer
  readonly rateLimiter: RateLimiter
  readonly faults: Faults
  readonly requestLog: RequestLog
  readonly events: Events
  readonly scheduler: Scheduler
  /** Runs the jobs that are due and returns the present instant. */
  readonly now: () => Timestamp
  /**
   * Like `now`, with what the instant means for connections. A handler uses `request.moment`
   * instead.
   */
  readonly moment: () => Moment
  /** Aborted when the world has ended: what still waits in it must not act any more. */
  readonly ended: AbortSignal
  readonly end: () => void
}

/**
 * What a world takes over from the one that it replaces: its events, and the number of random bytes
 * already drawn.
 */
export interface Inheritance {
  readonly events?: Events
  readonly drawn?: number
}

/** A world on a database, in which nothing has happened yet. */
export function createWorld(
  id: string,
  db: Database,
  settings: WorldSettings,
  { events = createEvents([...WORLD_EVENT_TYPES, ...settings.event_types]), drawn = 0 }: Inheritance = {},
): World {
  const clock = createClock(settings.frozen_at)
  const scheduler = createScheduler()
  const ids = createIds(settings.random_seed, id, drawn)
  const ending = new AbortController()
  const beat = createHeartbeat(db)

  const now = (): Timestamp => {
    const time = clock.now()
    // A full disk must not stop reads: due jobs wait until there is room.
    ignoreStorageFailure(() => beat(time))
    ignoreStorageFailure(() => scheduler.runDue(time))
    return time
  }
  return {
    ...settings,
    id,
    db,
    clock,
    ids,
    signer: createSigner(createIds(settings.random_seed, `${id} key`).bytes),
    rateLimiter: createRateLimiter(),
    faults: createFaults({
      isOn: settings.inject_faults,
      knownOperations: settings.catalogue.operations,
      fraction: settings.random_seed === undefined ? undefined : ids.fraction,
    }),
    requestLog: createRequestLog(settings.journal_size),
    events,
    scheduler,
    now,
    moment: () => settings.momentAt(now()),
    ended: ending.signal,
    end: () => {
      scheduler.clear()
      ending.abort()
    },
  }
}
