import { isDay } from '../../schemas/formats.ts'

/**
 * Changes of the real service, with the day (UTC) from which each is in force, or null for one that
 * nobody has seen. A world behaves as on a given day, so that a team can test its client before and
 * after a change. Some of the days are our choice
 * (assumed: change_days), also of most that start with `dns_` (assumed: dns_change_days).
 */
const CHANGES = {
  /** (recorded: config_src_in_answers) */
  config_src_in_answers: '2025-07-01',
  /** Proxied records with a forbidden target get 9003, not 9041 (recorded: dns_target_not_allowed). */
  dns_target_9003: '2021-01-01',
  /** Identical records get 81058, not 81057 (recorded: dns_identical). */
  dns_identical_81058: '2022-01-01',
  /** (recorded: dns_route_refused_2022) */
  dns_route_refusal_2022: '2022-01-01',
  /** (recorded: dns_empty_name_refused) */
  dns_empty_name_refused: '2022-07-01',
  /** The TTL is at least 60 and at most 86400 seconds (recorded: dns_ttl_invalid). */
  dns_ttl_bounds: '2023-01-01',
  /** Errors of records with the same name end in a link (recorded: dns_host_exists). */
  dns_conflict_links: '2024-01-01',
  /** (documented: dns_errors_unwrapped) */
  dns_errors_unwrapped: '2024-10-01',
  /** (recorded: dns_route_refused) */
  dns_route_refusal_2025: '2025-01-01',
  /** (recorded: dns_record_zone_gone) */
  dns_record_zone_gone: '2025-03-01',
  /** (documented: list_live_only) */
  list_live_only: '2025-12-01',
  /** The text of error 1022 names replicas and a few minutes (recorded: tunnel_connected). */
  delete_refusal_2026: '2026-06-01',
  /**
   * Only for reads (documented: connections_gone), not for writes
   * (inferred: connections_on_writes).
   */
  connections_gone: '2026-10-05',
  /**
   * The deletion of a tunnel deletes its private routes instead of being refused
   * (recorded: routes_go_with_tunnel). The day is our choice (assumed: route_change_day).
   */
  routes_go_with_tunnel: '2025-11-01',
  /** (documented: cidr_paths_gone) */
  cidr_paths_gone: '2026-10-05',
  /** Only if switched on (documented: configuration_account_id). */
  configuration_account_id: null,
} as const

export type ChangeName = keyof typeof CHANGES

export type DatedChanges = Readonly<Record<ChangeName, boolean>>

/**
 * Parses `latest` or a day, and switches for single changes, such as
 * `2025-11-30,configuration_account_id=on`. Throws an Error that says why the text is invalid.
 */
export function datedChangesOn(text: string): DatedChanges {
  const [date = '', ...switches] = text.split(',').map(part => part.trim())
  if (date !== 'latest' && !isDay(date)) throw new Error(`"${date}" is neither latest nor a day such as 2025-11-30`)

  const turned = new Map(switches.map(switchOf))
  const has = (name: ChangeName): boolean => turned.get(name) ?? isInForce(CHANGES[name], date)
  return {
    config_src_in_answers: has('config_src_in_answers'),
    dns_target_9003: has('dns_target_9003'),
    dns_identical_81058: has('dns_identical_81058'),
    dns_route_refusal_2022: has('dns_route_refusal_2022'),
    dns_empty_name_refused: has('dns_empty_name_refused'),
    dns_ttl_bounds: has('dns_ttl_bounds'),
    dns_conflict_links: has('dns_conflict_links'),
    dns_errors_unwrapped: has('dns_errors_unwrapped'),
    dns_route_refusal_2025: has('dns_route_refusal_2025'),
    dns_record_zone_gone: has('dns_record_zone_gone'),
    list_live_only: has('list_live_only'),
    delete_refusal_2026: has('delete_refusal_2026'),
    connections_gone: has('connections_gone'),
    routes_go_with_tunnel: has('routes_go_with_tunnel'),
    cidr_paths_gone: has('cidr_paths_gone'),
    configuration_account_id: has('configuration_account_id'),
  }
}

function isInForce(since: string | null, date: string): boolean {
  return since !== null && (date === 'latest' || since <= date)
}

function switchOf(text: string): [ChangeName, boolean] {
  const [, name = '', value] = /^(\w+)=(on|off)$/.exec(text) ?? []
  if (!isChange(name)) {
    throw new Error(`"${text}" is no switch; expected ${Object.keys(CHANGES).join(', ')}, each =on or =off`)
  }
  return [name, value === 'on']
}

function isChange(name: string): name is ChangeName {
  return Object.hasOwn(CHANGES, name)
}
