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
import { createJournal, type Journal } from './journal/journal.ts'
import { createSigner, type Signer } from './jwt-signer.ts'
import { createQuota, type Quota } from './rate-limit.ts'
import { type Agenda, createAgenda } from './scheduler.ts'
import { ifStorageLets } from './storage-failure.ts'

/**
 * What a resource does when a tunnel is created or deleted, inside the same transaction. It may throw
 * an ApiError to hold the change back, or change rows of its own.
 */
export interface TunnelHooks {
  readonly onTunnelCreated?: (world: World, tunnel: TunnelRecord, now: Timestamp) => void
  readonly onTunnelDelete?: (world: World, tunnel: TunnelRecord, deletion: TunnelDeletion) => void
}

export interface TunnelDeletion {
  readonly now: Timestamp
  /** Whether what belongs to the tunnel goes with it, instead of holding the deletion back. */
  readonly cascade: boolean
}

export interface WorldSettings extends WorldOptions {
  readonly behaviour: DatedChanges
  /** What an instant means for connections. */
  readonly momentAt: (now: Timestamp) => Moment
  /** The time at which its clock is frozen from the start; undefined: it runs. */
  readonly frozen_at: Timestamp | undefined
  /** What the answers of all worlds leaned on. */
  readonly evidence_report: EvidenceReport
  /** What is emulated, and how we know it. */
  readonly catalogue: Catalogue
  /** What other resources do when a tunnel is created or deleted. */
  readonly tunnel_hooks: Required<TunnelHooks>
}

/** Everything that a request can see or change: one bag, handed to whoever needs it. A request belongs to exactly one. */
export interface World extends WorldSettings {
  readonly id: string
  readonly db: Database
  readonly clock: Clock
  readonly ids: Ids
  readonly signer: Signer
  readonly quota: Quota
  /** What is to go wrong. */
  readonly faults: Faults
  /** What was asked and answered. */
  readonly journal: Journal
  /** What happened. */
  readonly events: Events
  /** What is still to happen by itself. */
  readonly agenda: Agenda
  /** This instant; what was due by then has happened. Whoever answers a request asks once, for this or for the moment. */
  readonly now: () => Timestamp
  /** The same, with what follows from it for connections. */
  readonly moment: () => Moment
  /** Aborted when the world has ended: what still waits in it must not act any more. */
  readonly ended: AbortSignal
  readonly end: () => void
}

/** What goes on from the world whose place another takes: its events, and the chance that it has not drawn yet. */
export interface Inheritance {
  readonly events?: Events
  readonly drawn?: number
}

/** A world on a database, in which nothing has happened yet. */
export function createWorld(
  id: string,
  db: Database,
  settings: WorldSettings,
  { events = createEvents(), drawn = 0 }: Inheritance = {},
): World {
  const clock = createClock(settings.frozen_at)
  const agenda = createAgenda()
  const ids = createIds(settings.random_seed, id, drawn)
  const ending = new AbortController()
  const beat = createHeartbeat(db)

  const now = (): Timestamp => {
    const time = clock.now()
    // A full disk must not stop those who only read: what is due waits until there is room.
    ifStorageLets(() => beat(time))
    ifStorageLets(() => agenda.doUntil(time))
    return time
  }
  return {
    ...settings,
    id,
    db,
    clock,
    ids,
    signer: createSigner(createIds(settings.random_seed, `${id} key`).bytes),
    quota: createQuota(),
    faults: createFaults({
      isOn: settings.inject_faults,
      knownOperations: settings.catalogue.operations,
      fraction: settings.random_seed === undefined ? undefined : ids.fraction,
    }),
    journal: createJournal(settings.journal_size, events.settle),
    events,
    agenda,
    now,
    moment: () => settings.momentAt(now()),
    ended: ending.signal,
    end: () => {
      agenda.clear()
      ending.abort()
    },
  }
}
