import type { Behaviours } from '../../evidence/types.ts'

/** How connectors and their connections come, show themselves and go. */
export const CONNECTIONS = {
  connector_answer: {
    operations: ['list_connections', 'get_connector'],
    statement: 'A connector has these fields in this order; `ha_status` is null, `uuid` of a connection repeats `id`.',
    evidence: 'recorded',
    source: 'flare-operator recording 0042, 2026-09-29',
  },
  connector_config_version: {
    operations: ['list_connections', 'get_connector'],
    statement: '`config_version` is absent until a version above 0 was taken.',
    evidence: 'recorded',
    source: 'flare-operator recording 0042, 2026-09-29; present in a fixture of cloudflare-go 0',
  },
  connector_spread: {
    operations: ['list_connections', 'get_connector'],
    statement: 'A connector keeps four connections to two data centers, alternating, opened 0.3 to 1.3 seconds apart.',
    evidence: 'recorded',
    source: "flare-operator recording 0042, 2026-09-29; four is cloudflared's default",
  },
  connections_unpaged: {
    operations: ['list_connections'],
    statement: 'Connectors are listed whole, without `result_info`.',
    evidence: 'recorded',
    source: 'flare-operator recording 0042, 2026-09-29',
  },
  connections_none: {
    operations: ['list_connections'],
    statement: 'A tunnel without connectors answers an empty list.',
    evidence: 'inferred',
    source: 'not recorded; cloudflared takes null and an empty list alike',
  },
  connection_pending: {
    operations: ['list_connections', 'get_connector', 'update'],
    statement: 'A lost connection stays listed, with `is_pending_reconnect`, until its connector comes back.',
    evidence: 'documented',
    source: 'the published description',
  },
  connection_expiry: {
    operations: ['list_connections', 'get_connector', 'delete'],
    statement: 'A lost connection is forgotten after five minutes.',
    evidence: 'assumed',
    source: 'documented: several minutes',
    untold: 'an answer does not show what is no longer in it; `--pending-reconnect-ms` says otherwise',
  },
  connection_closed: {
    operations: ['list_connections', 'get_connector', 'delete'],
    statement: 'A connector that stops in order takes its connections with it at once.',
    evidence: 'recorded',
    source: 'flare-operator recordings 0095 to 0099, 2026-09-29: deletable ten seconds later',
  },
  clean_up: {
    operations: ['clean_up_connections'],
    statement: 'All connections are dropped, whatever their state, or those of `client_id`.',
    evidence: 'documented',
    source: 'the published description since 2024-08',
  },
  clean_up_answer: {
    operations: ['clean_up_connections', 'clean_up_argo'],
    statement: 'The answer to dropping connections is null.',
    evidence: 'assumed',
    source: 'described as an empty object, absent in a fixture of cloudflare-go 0; clients look at the status alone',
  },
  clean_up_nothing: {
    operations: ['clean_up_connections'],
    statement: 'Where there is nothing to drop, nothing is wrong.',
    evidence: 'client',
    source: "Terraform's provider 4 cleans up before each deletion; inferred for an unknown client_id",
  },
  connector_gone: {
    operations: ['get_connector'],
    statement: 'A connector that is gone is still found, without connections.',
    evidence: 'assumed',
    source: 'no source',
  },
  connector_refused: {
    operations: [],
    statement: 'The edge turns a connector away whose tunnel is gone or whose secret is not the present one.',
    evidence: 'recorded',
    source: 'logs in cloudflared#426 and in helm-charts#59',
  },
  replica_limit: {
    operations: [],
    statement: 'A tunnel has at most 25 connectors.',
    evidence: 'documented',
    source: "Cloudflare's page on account limits; the text of the refusal is ours",
  },
} as const satisfies Behaviours
