import { isDay } from '../../schemas/formats.ts'

/**
 * The real service changes. Each row is one dated change with its effect and its source; a world behaves as of a date, so that
 * a team can test its client on both sides of a change.
 */
interface Change {
  /** From this day (UTC) the effect is on. */
  readonly since: string
  readonly effect: string
  readonly source: string
}

const CHANGES = {
  config_src_in_answers: {
    since: '2025-07-01',
    effect: 'Tunnels carry config_src.',
    source: 'recorded: absent 2025-03, present 2026-09; documented since the second half of 2025; the day is assumed',
  },
  list_live_only: {
    since: '2025-12-01',
    effect: 'Lists without is_deleted return only tunnels that are not deleted, not all.',
    source: "documented: Cloudflare's changelog of 2025-09-02",
  },
  delete_refusal_2026: {
    since: '2026-01-01',
    effect: 'The text of error 1022 names replicas and a few minutes.',
    source: 'recorded: older text 2025-03, this one 2026-09; the day is assumed',
  },
  connections_gone: {
    since: '2026-10-05',
    effect: 'GET of one tunnel and lists carry no connections; create, update and delete still do.',
    source: "documented: Cloudflare's changelog of 2026-07-09; that the others keep them is inferred",
  },
  configuration_account_id: {
    since: '0000-01-01',
    effect: 'Configurations carry account_id.',
    source: 'documented in the model, yet absent in recorded answers: turn it off to match those',
  },
} as const satisfies Record<string, Change>

type ChangeName = keyof typeof CHANGES

export type Behaviour = Readonly<Record<ChangeName, boolean>>

/**
 * `latest`, or a day such as `2025-11-30`, then single switches: `2025-11-30,configuration_account_id=off`.
 * Throws an Error that says what is wrong with the text.
 */
export const behaviourOf = (text: string): Behaviour => {
  const [date = '', ...switches] = text.split(',').map(part => part.trim())
  if (date !== 'latest' && !isDay(date)) throw new Error(`"${date}" is neither latest nor a day such as 2025-11-30`)

  const turned = new Map(switches.map(switchOf))
  const has = (name: ChangeName): boolean => turned.get(name) ?? (date === 'latest' || CHANGES[name].since <= date)
  return {
    config_src_in_answers: has('config_src_in_answers'),
    list_live_only: has('list_live_only'),
    delete_refusal_2026: has('delete_refusal_2026'),
    connections_gone: has('connections_gone'),
    configuration_account_id: has('configuration_account_id'),
  }
}

const switchOf = (text: string): [ChangeName, boolean] => {
  const [, name = '', value] = /^(\w+)=(on|off)$/.exec(text) ?? []
  if (!isChange(name)) {
    throw new Error(`"${text}" is no switch; expected ${Object.keys(CHANGES).join(', ')}, each =on or =off`)
  }
  return [name, value === 'on']
}

const isChange = (name: string): name is ChangeName => Object.hasOwn(CHANGES, name)
