import { WORLD_EVENT_TYPES } from '../../schemas/control/event.ts'
import type { FaultRule } from '../../schemas/control/fault.ts'
import type { WorldOptions } from '../../schemas/option-groups.ts'
import type { Moment, TunnelRecord } from '../../schemas/records.ts'
import type { Timestamp } from '../../schemas/timestamp.ts'
import type { Catalogue } from '../evidence/catalogue.ts'
import type { DatedChanges } from '../evidence/dated-changes.ts'
import type { Database } from '../store/database.ts'
import { createHeartbeat } from '../store/heartbeat.ts'
import { type Clock, createClock } from './clock.ts'
import type { Counters } from './counters.ts'
import { createEvents, type Events, type SavedEvents } from './events.ts'
import { createEvidenceReport, type EvidenceReport, type SavedReport } from './evidence-report.ts'
import { announceFaults } from './faults/announcements.ts'
import { createFaults, type Faults } from './faults/faults.ts'
import type { SavedFaults } from './faults/table.ts'
import { createIds, type Ids } from './ids.ts'
import { createSigner, type Signer } from './jwt-signer.ts'
import type { LintRule, ObjectKind } from './lint.ts'
import type { SavedLog } from './numbered-log.ts'
import { createRateLimiter, type RateLimiter, type SavedWindow } from './rate-limit.ts'
import { createRequestLog, type RequestLog } from './request-log.ts'
import { createScheduler, type Scheduler } from './scheduler.ts'
import { ignoreStorageFailure } from './storage-failure.ts'

/**
 * A resource can react when a tunnel is created or deleted, in the same transaction. It may change
 * its own rows, or throw an ApiError to prevent the change.
 */
export interface TunnelHooks {
  readonly onTunnelCreated?: (world: World, tunnel: TunnelRecord, now: Timestamp) => void
  readonly onTunnelDelete?: (world: World, tunnel: TunnelRecord, deletion: TunnelDeletion) => void
}

const MIB = 1024 * 1024

export interface TunnelDeletion {
  readonly now: Timestamp
  /** Whether to delete the tunnel's dependents too, instead of rejecting the deletion. */
  readonly cascade: boolean
}

export interface WorldSettings extends WorldOptions {
  /** The dated changes that are in force. */
  readonly changes: DatedChanges
  /** Adds the limits for connections that follow from a time. */
  readonly momentAt: (now: Timestamp) => Moment
  /** The time at which the clock is frozen at the start; undefined if it runs. */
  readonly frozen_at: Timestamp | undefined
  /** Writes a line to the log of the server. */
  readonly warn: (line: string) => void
  /** Of all worlds of an emulator. */
  readonly server_report: EvidenceReport
  /** Of all worlds of an emulator. */
  readonly counters: Counters
  /** The emulated operations and behaviours, with their evidence. */
  readonly catalogue: Catalogue
  /** The types of the events that resources emit. */
  readonly event_types: readonly string[]
  /** The hooks of all resources together. */
  readonly tunnel_hooks: Required<TunnelHooks>
  /** The lint rules of all resources. */
  readonly lint_rules: readonly LintRule[]
  /** The kinds of objects of all resources. */
  readonly object_kinds: readonly ObjectKind[]
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
  /** Of this world alone; it also counts in the report of the server. */
  readonly report: EvidenceReport
  readonly events: Events
  readonly scheduler: Scheduler
  /** Runs due jobs and returns the current time. */
  readonly now: () => Timestamp
  /** Like `now`, with the limits for connections. Handlers use `request.moment` instead. */
  readonly moment: () => Moment
  /** Aborted when the world ends. Pending work must stop then. */
  readonly ended: AbortSignal
  readonly end: () => void
  /** What it has in memory, for a world that takes its place later. */
  readonly saved: () => SavedMemory
}

/** What a world has in memory, besides its clock and its jobs. */
export interface SavedMemory {
  readonly drawn: number
  readonly signer: string | undefined
  readonly rate_limit: readonly SavedWindow[]
  readonly faults: SavedFaults<FaultRule>
  readonly requests: SavedLog
  readonly report: SavedReport
  readonly events: SavedEvents
}

/**
 * The parts that a world takes over from the one that it replaces. `drawn` is the number of random
 * bytes already used.
 */
export interface Inheritance {
  readonly events?: Events
  readonly requestLog?: RequestLog
  readonly report?: EvidenceReport
  readonly faults?: Faults
  readonly drawn?: number
  readonly clock?: Clock | undefined
  /** The rest of the memory of a world that was closed. */
  readonly saved?: SavedMemory | undefined
}

/** Creates a world on a database, without jobs, and by default without events, faults or log entries. */
export function createWorld(
  id: string,
  db: Database,
  settings: WorldSettings,
  {
    saved,
    events = createEvents([...WORLD_EVENT_TYPES, ...settings.event_types], saved?.events),
    requestLog = createRequestLog(settings.journal_size, saved?.requests),
    report = createEvidenceReport(settings.server_report, saved?.report),
    faults: inherited,
    drawn = saved?.drawn ?? 0,
    clock = createClock(settings.frozen_at),
  }: Inheritance = {},
): World {
  if (settings.max_world_mib !== undefined) db.limitSize(settings.max_world_mib * MIB)
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
  const signer = createSigner(createIds(settings.random_seed, `${id} key`).bytes, saved?.signer)
  const rateLimiter = createRateLimiter(saved?.rate_limit)
  const faults =
    inherited ??
    createFaults({
      isOn: settings.inject_faults,
      knownOperations: settings.catalogue.operations,
      fraction: settings.random_seed === undefined ? undefined : ids.fraction,
      announcements: announceFaults(events, scheduler),
      counters: settings.counters,
      saved: saved?.faults,
    })
  return {
    ...settings,
    id,
    db,
    clock,
    ids,
    signer,
    rateLimiter,
    faults,
    requestLog,
    report,
    events,
    scheduler,
    now,
    moment: () => settings.momentAt(now()),
    ended: ending.signal,
    end: () => {
      scheduler.clear()
      ending.abort()
    },
    saved: () => ({
      drawn: ids.drawn(),
      signer: signer.saved(),
      rate_limit: rateLimiter.saved(),
      faults: faults.saved(),
      requests: requestLog.saved(),
      report: report.saved(),
      events: events.saved(),
    }),
  }
}
