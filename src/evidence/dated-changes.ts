import { isDay } from '../../schemas/formats.ts'

/**
 * The real service changes. A world behaves as of a date, so that a team can test its client on both sides of a change: from
 * these days (UTC) on a change is in force. Two of the days are ours (assumed: change_days).
 */
const CHANGES = {
  /** (recorded: config_src_in_answers) */
  config_src_in_answers: '2025-07-01',
  /** (documented: list_live_only) */
  list_live_only: '2025-12-01',
  /** The text of error 1022 names replicas and a few minutes (recorded: tunnel_connected). */
  delete_refusal_2026: '2026-01-01',
  /** (documented: connections_gone), in answers to reads; others keep them (inferred: connections_on_writes). */
  connections_gone: '2026-10-05',
  /** (documented: configuration_account_id) Always in force, unless turned off. */
  configuration_account_id: '0000-01-01',
} as const

type ChangeName = keyof typeof CHANGES

export type DatedChanges = Readonly<Record<ChangeName, boolean>>

/**
 * `latest`, or a day such as `2025-11-30`, then single switches: `2025-11-30,configuration_account_id=off`.
 * Throws an Error that says what is wrong with the text.
 */
export function datedChangesOn(text: string): DatedChanges {
  const [date = '', ...switches] = text.split(',').map(part => part.trim())
  if (date !== 'latest' && !isDay(date)) throw new Error(`"${date}" is neither latest nor a day such as 2025-11-30`)

  const turned = new Map(switches.map(switchOf))
  const has = (name: ChangeName): boolean => turned.get(name) ?? (date === 'latest' || CHANGES[name] <= date)
  return {
    config_src_in_answers: has('config_src_in_answers'),
    list_live_only: has('list_live_only'),
    delete_refusal_2026: has('delete_refusal_2026'),
    connections_gone: has('connections_gone'),
    configuration_account_id: has('configuration_account_id'),
  }
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
