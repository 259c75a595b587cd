/** Which events change what a tab has read. */
import type { WorldEvent } from '../../../schemas/control/event.ts'

/** A reset and a restored snapshot change every tunnel. */
const REPLACED: readonly WorldEvent['type'][] = ['world_reset', 'snapshot_restored']

export function changesOf(tunnel_id: string, ...types: readonly WorldEvent['type'][]): (event: WorldEvent) => boolean {
  return event => REPLACED.includes(event.type) || (types.includes(event.type) && event.tunnel_id === tunnel_id)
}
