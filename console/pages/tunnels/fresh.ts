import { computed } from '@preact/signals'
import { allTunnels } from '../../data/store.ts'

let known: ReadonlySet<string> | undefined

/** Connections that became live since the world was last read: only these move. */
export const freshConnections = computed<ReadonlySet<string>>(() => {
  const live = allTunnels.value
    .flatMap(({ connectors }) => connectors)
    .flatMap(({ connections }) => connections)
    .filter(({ state }) => state === 'live')
    .map(({ id }) => id)
  const before = known
  known = new Set(live)
  return new Set(before ? live.filter(id => !before.has(id)) : [])
})
