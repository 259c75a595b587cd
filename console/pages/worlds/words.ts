/** The life of a world in words, and how a client gets there. */
import type { Info } from '../../../schemas/control/info.ts'
import type { WorldSummary } from '../../../schemas/control/world.ts'
import { quoted } from '../../data/quote.ts'
import { spanOf } from '../../parts/format.ts'

/** A world is busy if someone used it so recently. */
const BUSY_MS = 5_000

export interface Life {
  readonly text: string
  readonly isBusy: boolean
  /** The share of its idle time that remains, from 0 to 1; undefined for a world that stays. */
  readonly left: number | undefined
  /** Such as “dropped in 12 m”. */
  readonly end: string | undefined
}

/** Undefined while the server tells no real times, since the clock of this world is frozen. */
export function lifeOf(world: WorldSummary, now: number, idleMs: number): Life | undefined {
  const { last_used_at, dropped_at } = world
  if (last_used_at === null) return undefined

  const unused = Math.max(0, now - Date.parse(last_used_at))
  const left = dropped_at === null ? undefined : Math.max(0, Date.parse(dropped_at) - now)
  return {
    text: unused < BUSY_MS ? 'in use' : `used ${roughly(unused)} ago`,
    isBusy: unused < BUSY_MS,
    left: left === undefined ? undefined : Math.min(1, left / idleMs),
    end: left === undefined ? undefined : left < 1_000 ? 'about to be dropped' : `dropped in ${roughly(left)}`,
  }
}

/** Such as `29 m`, `12 s`: seconds of a longer time would only flicker. */
export function roughly(ms: number): string {
  return spanOf(ms < 60_000 ? ms : ms - (ms % 60_000))
}

const ORIGINS: Readonly<Record<string, string>> = { seed: 'from the seed', empty: 'from nothing', current: 'a copy' }

/** Such as “from the snapshot before-migration”. */
export function originWords(from: string): string {
  return ORIGINS[from] ?? `from the snapshot ${from}`
}

/** The lines that a server prints at its start. A token of a strict server is a secret. */
export function exportLines({ base_url }: Pick<WorldSummary, 'base_url'>, { account_id, auth, token }: Info): string {
  const values = [
    ['CLOUDFLARE_BASE_URL', base_url],
    ['CLOUDFLARE_ACCOUNT_ID', account_id],
    ...(auth === 'open' && token !== null ? [['CLOUDFLARE_API_TOKEN', token]] : []),
  ]
  return values.map(([name, value = '']) => `export ${name}=${quoted(value)}`).join('\n')
}
