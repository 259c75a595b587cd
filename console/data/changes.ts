/** Which events make a page read its data again. */
import type { WorldEvent } from '../../schemas/control/event.ts'

/** A reset and a restored snapshot change everything. */
const REPLACED = ['world_reset', 'snapshot_restored']

/** For the types that begin so, such as `dns_record_`. */
export function changesIn(...beginnings: readonly string[]): (event: WorldEvent) => boolean {
  const wanted = [...REPLACED, ...beginnings]
  return ({ type }) => wanted.some(beginning => type.startsWith(beginning))
}
