/** What fell due while the clock moved, as one sentence. */
import type { WorldEvent } from '../../schemas/control/event.ts'
import { count, spanOf } from '../parts/format.ts'
import { eventWords } from './words.ts'

/** Such as "5 m later: 4 connections expired, shop-api degraded → healthy". */
export function moveWords(ms: number, happened: readonly WorldEvent[], nameOf: (id: string) => string): string {
  const start = `${spanOf(ms)} ${ms < 0 ? 'earlier' : 'later'}`
  const facts = [...countsIn(happened), ...statusesIn(happened, nameOf)]
  return `${start}: ${facts.length === 0 ? 'nothing fell due' : facts.join(', ')}.`
}

function countsIn(happened: readonly WorldEvent[]): string[] {
  const groups = Map.groupBy(
    happened.filter(({ type }) => type !== 'tunnel_status_changed'),
    ({ type }) => type,
  )
  return [...groups.values()].flatMap(([first, ...rest]) => (first ? [eventWords(first, rest.length + 1)] : []))
}

const TUNNELS_NAMED = 3

/** A tunnel that changed twice is named once, with its first and its last status. */
function statusesIn(happened: readonly WorldEvent[], nameOf: (id: string) => string): string[] {
  const changes = Map.groupBy(
    happened.filter(({ type }) => type === 'tunnel_status_changed'),
    ({ tunnel_id = '' }) => tunnel_id,
  )
  const texts = [...changes].flatMap(([id, all]) => {
    const [before, status] = [all[0]?.before, all.at(-1)?.status]
    return before === status ? [] : [`${nameOf(id)} ${before} → ${status}`]
  })
  const others = texts.length - TUNNELS_NAMED
  return others > 0 ? [...texts.slice(0, TUNNELS_NAMED), `${count(others, 'other tunnel')} changed`] : texts
}
