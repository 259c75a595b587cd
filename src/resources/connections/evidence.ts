import { isObject } from '../../../schemas/is-object.ts'
import { always, type Behaviours, type Fields, hasItems } from '../../evidence/types.ts'
import { OPERATIONS } from '../tunnels/operation-ids.ts'

/** Behaviours of connectors and their connections. */
export const CONNECTIONS = {
  connector_answer: {
    operations: [OPERATIONS.list_connections, OPERATIONS.get_connector],
    statement: 'A connector has these fields in this order; `ha_status` is null, `uuid` of a connection repeats `id`.',
    evidence: 'recorded',
    source: 'flare-operator recording 0042, 2026-09-29',
    usedIn: hasItems,
  },
  connector_config_version: {
    operations: [OPERATIONS.list_connections, OPERATIONS.get_connector],
    statement: '`config_version` is absent until the connector applies a version above 0.',
    evidence: 'recorded',
    source: 'flare-operator recording 0042, 2026-09-29; present in a fixture of cloudflare-go 0',
    usedIn: ({ items }) => items.some(item => !('config_version' in item)),
  },
  connector_spread: {
    operations: [OPERATIONS.list_connections, OPERATIONS.get_connector],
    statement: 'A connector keeps four connections to two data centers, alternating, opened 0.3 to 1.3 seconds apart.',
    evidence: 'recorded',
    source: "flare-operator recording 0042, 2026-09-29; four is cloudflared's default",
    usedIn: ({ items }) => items.some(item => connectionsOf(item).length > 1),
  },
  connections_unpaged: {
    operations: [OPERATIONS.list_connections],
    statement: 'All connectors are in one list, without `result_info`.',
    evidence: 'recorded',
    source: 'flare-operator recording 0042, 2026-09-29',
    usedIn: always,
  },
  connections_none: {
    operations: [OPERATIONS.list_connections],
    statement: 'A tunnel without connectors has an empty list.',
    evidence: 'inferred',
    source: 'not recorded; cloudflared accepts null and an empty list',
    usedIn: ({ items }) => items.length === 0,
  },
  connection_pending: {
    operations: [OPERATIONS.list_connections, OPERATIONS.get_connector, OPERATIONS.update],
    statement: 'A lost connection stays listed, with `is_pending_reconnect`, until its connector reconnects.',
    evidence: 'documented',
    source: 'the published description',
    usedIn: ({ items }) => items.flatMap(connectionsOf).some(isPending),
  },
  connection_expiry: {
    operations: [OPERATIONS.list_connections, OPERATIONS.get_connector, OPERATIONS.delete],
    statement: 'A lost connection is no longer tracked after five minutes.',
    evidence: 'assumed',
    source: 'documented: several minutes',
    unobservable: 'the connection is absent from the response; `--pending-reconnect` changes the time',
  },
  connection_closed: {
    operations: [OPERATIONS.list_connections, OPERATIONS.get_connector, OPERATIONS.delete],
    statement: 'When a connector stops cleanly, its connections close at once.',
    evidence: 'recorded',
    source: 'flare-operator recordings 0095 to 0099, 2026-09-29: deletable ten seconds later',
  },
  clean_up: {
    operations: [OPERATIONS.clean_up_connections],
    statement: 'All connections are removed, whatever their state, or those of `client_id`.',
    evidence: 'documented',
    source: 'the published description since 2024-08',
    usedIn: always,
  },
  clean_up_answer: {
    operations: [OPERATIONS.clean_up_connections, OPERATIONS.clean_up_argo],
    statement: 'The result of removing connections is null.',
    evidence: 'assumed',
    source: 'described as an empty object, absent in a fixture of cloudflare-go 0; clients read only the status',
    usedIn: always,
  },
  clean_up_nothing: {
    operations: [OPERATIONS.clean_up_connections],
    statement: 'Removing connections succeeds if there are none.',
    evidence: 'client',
    source: "Terraform's provider 4 cleans up before each deletion; inferred for an unknown client_id",
    isNoted: true,
  },
  connector_gone: {
    operations: [OPERATIONS.get_connector],
    statement: 'A stopped connector is still found, without connections.',
    evidence: 'assumed',
    source: 'no source',
    usedIn: ({ items }) => items.some(item => connectionsOf(item).length === 0),
  },
  connector_refused: {
    operations: [],
    statement: 'The edge rejects a connector if its tunnel is deleted or its secret is not the current one.',
    evidence: 'recorded',
    source: 'logs in cloudflared#426 and in helm-charts#59',
  },
  replica_limit: {
    operations: [],
    statement: 'A tunnel has at most 25 connectors.',
    evidence: 'documented',
    source: "Cloudflare's page on account limits; the text of the error is ours",
  },
} as const satisfies Behaviours

/** A tunnel has `connections`, a connector `conns`. */
function connectionsOf({ connections, conns }: Fields): readonly Fields[] {
  return [connections, conns].flat().filter(isObject)
}

function isPending({ is_pending_reconnect }: Fields): boolean {
  return is_pending_reconnect === true
}
