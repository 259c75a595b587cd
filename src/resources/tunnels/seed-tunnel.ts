import type {
  CompleteConnectorRecord,
  ConfigurationRecord,
  ConnectionRecord,
  TunnelRecords,
} from '../../../schemas/records.ts'
import type { StateConnection, StateConnector, StateTunnel } from '../../../schemas/state.ts'
import { plusMillis, seedTimeOf } from '../../../schemas/time.ts'
import type { Timestamp } from '../../../schemas/timestamp.ts'
import { CLOUDFLARED, CONNECTION_SPACING_MS } from '../../cloudflared/defaults.ts'
import { type Defaults, StateError } from '../../worlds/state-format.ts'
import { configurationProblem, nextVersion } from '../configurations/rules.ts'
import { type Activity, activityOf, CONNECTIONS_PER_CONNECTOR, coloOf, isLive } from '../connections/rules.ts'
import { createTunnel, isSecret } from './rules.ts'

/**
 * Completes a tunnel of a state with defaults. Throws a StateError for data that the API could not
 * have produced.
 */
export function tunnelRecordsOf(state: StateTunnel, where: string, defaults: Defaults): TunnelRecords {
  const created_at = seedTimeOf(state.created_at ?? defaults.now, defaults.now)
  const deleted_at = state.deleted_at ? seedTimeOf(state.deleted_at, defaults.now) : null
  requireOrder(where, { created_at, deleted_at })
  if (state.tunnel_secret !== undefined && !isSecret(state.tunnel_secret)) {
    throw new StateError(`${where}.tunnel_secret`, 'is not base64, or empty')
  }

  const configurations = configurationsOf(state, where, created_at, defaults)
  const latest = configurations.at(-1)?.version ?? null
  const tunnel_secret = state.tunnel_secret ?? defaults.secret()
  const connectors = (state.connectors ?? []).map((connector, index) =>
    connectorOf(
      connector,
      `${where}.connectors[${index}]`,
      { created_at, deleted_at, latest, tunnel_secret },
      defaults,
    ),
  )
  requireDistinctIds(connectors, `${where}.connectors`)
  const history = connectors.flatMap(({ connections }) => connections)
  const activity = { ...activityOf(history, created_at), ...statedActivity(state, defaults.now) }
  requireConsistentActivity(where, activity, history.some(isLive), created_at)
  return {
    tunnel: {
      ...createTunnel(
        state.account_tag.toLowerCase(),
        { name: state.name, config_src: state.config_src ?? 'local', tunnel_secret },
        { id: state.id?.toLowerCase() ?? defaults.uuid(), secret: tunnel_secret, now: created_at },
        1,
      ),
      metadata: state.metadata ?? {},
      deleted_at,
      ...activity,
    },
    configurations,
    connectors,
  }
}

/**
 * An exported state includes the activity times: `activityOf` cannot see a gap if connections were
 * lost and reopened at the same instant.
 */
function statedActivity({ conns_active_at, conns_inactive_at }: StateTunnel, now: Timestamp): Partial<Activity> {
  return {
    ...(conns_active_at !== undefined && { conns_active_at: conns_active_at && seedTimeOf(conns_active_at, now) }),
    ...(conns_inactive_at !== undefined && {
      conns_inactive_at: conns_inactive_at && seedTimeOf(conns_inactive_at, now),
    }),
  }
}

/**
 * A tunnel with a live connection needs `conns_active_at`, any other `conns_inactive_at`. Stated
 * times must not contradict that.
 */
function requireConsistentActivity(
  where: string,
  { conns_active_at, conns_inactive_at }: Activity,
  live: boolean,
  created_at: Timestamp,
): void {
  const [wanted, other] = live ? ['conns_active_at', 'conns_inactive_at'] : ['conns_inactive_at', 'conns_active_at']
  if ((conns_active_at !== null) !== live || (conns_inactive_at !== null) === live) {
    throw new StateError(
      where,
      `has ${live ? 'a' : 'no'} live connection, so ${wanted} must be a time and ${other} null`,
    )
  }
  requireOrder(where, { created_at, conns_active_at, conns_inactive_at })
}

function configurationsOf(
  state: StateTunnel,
  where: string,
  tunnelCreatedAt: Timestamp,
  { now }: Defaults,
): readonly ConfigurationRecord[] {
  const { config_src = 'local' } = state
  const records: ConfigurationRecord[] = []
  for (const [index, { version, source, created_at, config, author = 'seed' }] of (
    state.configurations ?? []
  ).entries()) {
    const path = `${where}.configurations[${index}]`
    const before = records.at(-1)?.version
    const record = {
      version: version ?? nextVersion({ config_src }, before),
      source: source ?? config_src,
      config,
      created_at: seedTimeOf(created_at ?? tunnelCreatedAt, now),
      author,
    }
    if (before !== undefined && record.version <= before)
      throw new StateError(`${path}.version`, `must be above ${before}`)

    const problem = configurationProblem(config)
    if (problem !== null) throw new StateError(`${path}.config`, problem)
    records.push(record)
  }
  return records
}

interface TunnelContext {
  readonly created_at: Timestamp
  readonly deleted_at: Timestamp | null
  /** The configuration version that a connector runs by default. */
  readonly latest: number | null
  readonly tunnel_secret: string
}

function connectorOf(
  state: StateConnector,
  where: string,
  { created_at, deleted_at, latest, tunnel_secret }: TunnelContext,
  defaults: Defaults,
): CompleteConnectorRecord {
  const { now } = defaults
  const id = state.id?.toLowerCase() ?? defaults.uuid()
  const run_at = seedTimeOf(state.run_at ?? created_at, now)
  const colos = state.colos ?? CLOUDFLARED.colos
  const origin_ip = state.origin_ip ?? CLOUDFLARED.origin_ip
  const partials = state.connections ?? Array.from({ length: CONNECTIONS_PER_CONNECTOR }, () => ({}))
  requireOrder(where, { created_at, run_at })
  requireKind(state, where)

  const connections = partials.map(
    (partial: NonNullable<typeof state.connections>[number], index): ConnectionRecord => {
      const opened_at = partial.opened_at
        ? seedTimeOf(partial.opened_at, now)
        : earlier(plusMillis(run_at, index * CONNECTION_SPACING_MS), now)
      const lost_at = partial.lost_at ? seedTimeOf(partial.lost_at, now) : null
      const closed_at = partial.closed_at ? seedTimeOf(partial.closed_at, now) : closedByDeletion(partial, deleted_at)
      requireOrder(`${where}.connections[${index}]`, { run_at, opened_at, lost_at })
      requireOrder(`${where}.connections[${index}]`, { opened_at, closed_at })
      return {
        id: partial.id?.toLowerCase() ?? defaults.uuid(),
        client_id: id,
        conn_index: partial.index ?? null,
        colo_name: partial.colo_name ?? coloOf(colos, index),
        origin_ip: partial.origin_ip ?? origin_ip,
        opened_at,
        lost_at,
        closed_at,
      }
    },
  )
  requireDistinctIds(connections, `${where}.connections`)
  return {
    id,
    kind: state.kind ?? 'simulated',
    version: state.version ?? CLOUDFLARED.version,
    arch: state.arch ?? CLOUDFLARED.arch,
    features: state.features ?? CLOUDFLARED.features,
    run_at,
    config_version: state.config_version === undefined ? latest : state.config_version,
    colos,
    origin_ip,
    tunnel_secret: state.tunnel_secret ?? tunnel_secret,
    reconnects: state.reconnects ?? false,
    config_delay_ms: state.config_delay_ms === undefined ? 0 : state.config_delay_ms,
    connections,
  }
}

/** Only a real connector numbers its connections, and only a simulated one may stay away. */
function requireKind({ kind = 'simulated', reconnects, connections = [] }: StateConnector, where: string): void {
  const indexed = connections.findIndex(({ index }) => index !== undefined)
  if (kind === 'simulated' && indexed >= 0) {
    throw new StateError(`${where}.connections[${indexed}].index`, 'only a real connector has it')
  }
  if (kind === 'real' && reconnects === true) {
    throw new StateError(`${where}.reconnects`, 'a real connector decides that itself')
  }
}

/**
 * Deletion closes open connections. A connection that was lost and never closed expired before the
 * deletion.
 */
function closedByDeletion({ lost_at, closed_at }: StateConnection, deleted_at: Timestamp | null): Timestamp | null {
  return lost_at && closed_at === null ? null : deleted_at
}

function requireDistinctIds(all: readonly { readonly id: string }[], where: string): void {
  const duplicate = all.findIndex(({ id }, index) => all.findIndex(other => other.id === id) < index)
  if (duplicate >= 0) throw new StateError(`${where}[${duplicate}].id`, `another one has the id ${all[duplicate]?.id}`)
}

/** Requires times in ascending order. A null means that it never happened. */
function requireOrder(where: string, times: Record<string, Timestamp | null>): void {
  let [before, last] = ['', '']
  for (const [name, time] of Object.entries(times)) {
    if (time === null) continue
    if (time < last) throw new StateError(where, `${name} must not be before ${before}`)
    ;[before, last] = [name, time]
  }
}

function earlier(a: Timestamp, b: Timestamp): Timestamp {
  return a < b ? a : b
}
