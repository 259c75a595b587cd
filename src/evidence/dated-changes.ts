import { isDay } from '../../schemas/formats.ts'

/**
 * Changes of the real service, with the day (UTC) from which each is in force, or null for one that
 * nobody has seen. A world behaves as on a given day, so that a team can test its client before and
 * after a change. Two of the days are our choice (assumed: change_days).
 */
const CHANGES = {
  /** (recorded: config_src_in_answers) */
  config_src_in_answers: '2025-07-01',
  /** (documented: list_live_only) */
  list_live_only: '2025-12-01',
  /** The text of error 1022 names replicas and a few minutes (recorded: tunnel_connected). */
  delete_refusal_2026: '2026-06-01',
  /**
   * Only for reads (documented: connections_gone), not for writes
   * (inferred: connections_on_writes).
   */
  connections_gone: '2026-10-05',
  /** Only if switched on (documented: configuration_account_id). */
  configuration_account_id: null,
} as const

type ChangeName = keyof typeof CHANGES

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
    list_live_only: has('list_live_only'),
    delete_refusal_2026: has('delete_refusal_2026'),
    connections_gone: has('connections_gone'),
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
