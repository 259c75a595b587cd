import type { Moment } from '../schemas/records.ts'
import { type Clock, realClock } from './clock.ts'
import type { Behaviour } from './domain/behaviour.ts'
import { HEALTHY_CONNECTIONS, trackedSince } from './domain/connections.ts'
import type { AuthMode } from './domain/credentials.ts'
import { type Ids, randomIds } from './ids.ts'
import { type Signer, throwAwaySigner } from './signer.ts'
import { openStore, type Store } from './store/store.ts'

export interface WorldSettings {
  readonly auth: AuthMode
  readonly behaviour: Behaviour
  /** Fewest bytes of a tunnel secret. */
  readonly secret_min_bytes: number
  /** Whether a configuration must pass cloudflared's own checks. */
  readonly check_ingress: boolean
  /** How long a lost connection stays tracked, in milliseconds. */
  readonly pending_reconnect_ms: number
}

/** Everything that a request can see or change: one bag, handed to whoever needs it. A request belongs to exactly one. */
export interface World extends WorldSettings {
  readonly store: Store
  readonly clock: Clock
  readonly ids: Ids
  readonly signer: Signer
  /** This instant, with what follows from it for connections. Each request asks once. */
  readonly moment: () => Moment
  readonly close: () => void
}

/** Opens a world on a database file, or in memory for `:memory:`. Throws like `openStore`. */
export const createWorld = (file: string, settings: WorldSettings): World => {
  const store = openStore(file)
  const clock = realClock()
  return {
    ...settings,
    store,
    clock,
    ids: randomIds(),
    signer: throwAwaySigner(),
    moment: () => {
      const now = clock.now()
      const tracked_since = trackedSince(now, settings.pending_reconnect_ms)
      return { now, tracked_since, healthy_connections: HEALTHY_CONNECTIONS }
    },
    close: store.close,
  }
}
