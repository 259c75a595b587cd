import type {
  ConfigurationRecord,
  ConnectionRecord,
  ConnectorWithConnections,
  CredentialRecord,
  TunnelRecord,
} from '../../schemas/records.ts'
import type { StateConnector, StateCredential, StateTunnel } from '../../schemas/state.ts'
import type { Timestamp } from '../../schemas/timestamp.ts'
import { CLOUDFLARED, CONNECTION_SPACING_MS, coloOf } from './cloudflared.ts'
import { activityOf, CONNECTIONS_PER_CONNECTOR } from './connections.ts'
import { validateIngress } from './ingress/validate.ts'
import { momentOf, plusMillis } from './time.ts'
import { isSecret } from './tunnels.ts'

/** A tunnel with all that belongs to it. */
export interface TunnelRecords {
  readonly tunnel: TunnelRecord
  readonly configurations: readonly ConfigurationRecord[]
  readonly connectors: readonly ConnectorWithConnections[]
}

/** What chance and time give to a state that leaves things out. */
export interface Filler {
  readonly uuid: () => string
  readonly secret: () => string
  readonly now: Timestamp
}

/** What is wrong with a state, and where: `tunnels[3].connectors[0]`. */
export class StateError extends Error {
  constructor(where: string, what: string) {
    super(`${where}: ${what}`)
  }
}

export const credentialOf = (credential: StateCredential, where: string): CredentialRecord => {
  const { token = null, email = null, key = null, service_key = null, accounts = null, permissions } = credential
  if (!token && !(email && key) && !service_key) {
    throw new StateError(where, 'needs a token, an email with its key, or a service_key')
  }
  return { token, email, key, service_key, accounts: accounts?.map(id => id.toLowerCase()) ?? null, permissions }
}

/** A tunnel of a state, complete. Throws a StateError for what could never have come about through the API. */
export const tunnelRecordsOf = (state: StateTunnel, where: string, filler: Filler): TunnelRecords => {
  const created_at = momentOf(state.created_at ?? filler.now, filler.now)
  const deleted_at = state.deleted_at ? momentOf(state.deleted_at, filler.now) : null
  requireOrder(where, { created_at, deleted_at, now: filler.now })
  if (state.tunnel_secret !== undefined && !isSecret(state.tunnel_secret)) {
    throw new StateError(`${where}.tunnel_secret`, 'is not base64')
  }

  const configurations = configurationsOf(state, where, created_at, filler)
  const latest = configurations.at(-1)?.version ?? null
  const connectors = (state.connectors ?? []).map((connector, index) =>
    connectorOf(connector, `${where}.connectors[${index}]`, { created_at, deleted_at, latest }, filler),
  )
  const history = connectors.flatMap(({ connections }) => connections)
  return {
    tunnel: {
      id: state.id?.toLowerCase() ?? filler.uuid(),
      account_tag: state.account_tag.toLowerCase(),
      name: state.name,
      config_src: state.config_src ?? 'local',
      tunnel_secret: state.tunnel_secret ?? filler.secret(),
      metadata: state.metadata ?? {},
      created_at,
      deleted_at,
      ...activityOf(history, created_at),
    },
    configurations,
    connectors,
  }
}

const configurationsOf = (
  state: StateTunnel,
  where: string,
  tunnelCreatedAt: Timestamp,
  { now }: Filler,
): readonly ConfigurationRecord[] => {
  const records: ConfigurationRecord[] = []
  for (const [index, { version, source, created_at, config }] of (state.configurations ?? []).entries()) {
    const place = `${where}.configurations[${index}]`
    const before = records.at(-1)?.version ?? 0
    const record = {
      version: version ?? before + 1,
      source: source ?? state.config_src ?? 'local',
      config,
      created_at: momentOf(created_at ?? tunnelCreatedAt, now),
    }
    if (record.version <= before) throw new StateError(`${place}.version`, `must be above ${before}`)
    requireOrder(place, { created_at: record.created_at, now })

    const complaint = validateIngress(config)
    if (complaint !== null) throw new StateError(`${place}.config`, complaint)
    records.push(record)
  }
  return records
}

interface Surroundings {
  readonly created_at: Timestamp
  readonly deleted_at: Timestamp | null
  /** Version of the configuration that a connector would run. */
  readonly latest: number | null
}

const connectorOf = (
  state: StateConnector,
  where: string,
  { created_at, deleted_at, latest }: Surroundings,
  filler: Filler,
): ConnectorWithConnections => {
  const { now } = filler
  const id = state.id?.toLowerCase() ?? filler.uuid()
  const run_at = momentOf(state.run_at ?? created_at, now)
  const sketches = state.connections ?? Array.from({ length: CONNECTIONS_PER_CONNECTOR }, () => ({}))
  requireOrder(where, { created_at, run_at, now })

  const connections = sketches.map((sketch: NonNullable<typeof state.connections>[number], index): ConnectionRecord => {
    const opened_at = sketch.opened_at
      ? momentOf(sketch.opened_at, now)
      : earlier(plusMillis(run_at, index * CONNECTION_SPACING_MS), now)
    const lost_at = sketch.lost_at ? momentOf(sketch.lost_at, now) : null
    const closed_at = sketch.closed_at ? momentOf(sketch.closed_at, now) : deleted_at
    requireOrder(`${where}.connections[${index}]`, { run_at, opened_at, lost_at, now })
    requireOrder(`${where}.connections[${index}]`, { opened_at, closed_at, now })
    return {
      id: sketch.id?.toLowerCase() ?? filler.uuid(),
      client_id: id,
      colo_name: sketch.colo_name ?? coloOf(index),
      origin_ip: sketch.origin_ip ?? CLOUDFLARED.origin_ip,
      opened_at,
      lost_at,
      closed_at,
    }
  })
  return {
    id,
    version: state.version ?? CLOUDFLARED.version,
    arch: state.arch ?? CLOUDFLARED.arch,
    features: state.features ?? CLOUDFLARED.features,
    run_at,
    config_version: state.config_version === undefined ? latest : state.config_version,
    connections,
  }
}

/** Refuses times that run backwards; those that are null did not happen. */
const requireOrder = (where: string, times: Record<string, Timestamp | null>): void => {
  let [before, last] = ['', '']
  for (const [name, time] of Object.entries(times)) {
    if (time === null) continue
    if (time < last) throw new StateError(where, `${name} must not be before ${before}`)
    ;[before, last] = [name, time]
  }
}

const earlier = (a: Timestamp, b: Timestamp): Timestamp => (a < b ? a : b)

/** Refuses what two tunnels of one account cannot share, an id or a live name, and remembers in `taken` what this one takes. */
export const requireDistinct = (where: string, { tunnel }: TunnelRecords, taken: Set<string>): void => {
  const { account_tag, id, name, deleted_at } = tunnel
  const idKey = `${account_tag} id ${id}`
  const nameKey = `${account_tag} name ${name}`
  if (taken.has(idKey)) throw new StateError(`${where}.id`, `another tunnel has the id ${id}`)
  if (deleted_at === null && taken.has(nameKey))
    throw new StateError(`${where}.name`, `another live tunnel is named "${name}"`)

  taken.add(idKey)
  if (deleted_at === null) taken.add(nameKey)
}

/** Refuses tunnels and credentials in accounts that no state lists, once one of them lists accounts. */
export const requireListed = (where: string, account: string, accounts: ReadonlyMap<string, unknown>): void => {
  if (accounts.size > 0 && !accounts.has(account))
    throw new StateError(where, `account ${account} is not listed in accounts`)
}
