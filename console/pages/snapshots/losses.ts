/** What a world loses when all of it is replaced. */
import type { Input } from '../../../schemas/control/control.ts'
import { call } from '../../data/control.ts'
import { worldName } from '../../data/place.ts'
import { useResource } from '../../data/resource.ts'
import { due, faults } from '../../data/store.ts'
import { lossesOf } from './loss-words.ts'

/** What a restore can leave as it is. */
export type Kept = NonNullable<Input<'restoreSnapshot'>['keep']>[number]

/** These belong to connections and faults, and are no jobs of their own. */
const NO_JOBS = new Set(['connections_expire', 'fault_ends'])

interface Replacement {
  readonly keep?: readonly Kept[]
  /** A snapshot brings back the jobs of its scenario. */
  readonly isSnapshot?: boolean
}

/** Such as “the request log (214)”, “faults (2)”. */
export function useLosses({ keep = [], isSnapshot = false }: Replacement = {}): readonly string[] {
  const { data: worlds = [] } = useResource(() => call('listWorlds'), {
    changes: ({ type }) => type === 'request' || type === 'requests_cleared' || type === 'world_reset',
  })
  const requests = keep.includes('requests') ? 0 : (worlds.find(({ id }) => id === worldName)?.requests ?? 0)
  const jobs = isSnapshot ? 0 : due.value.filter(({ happens }) => !NO_JOBS.has(happens)).length
  return lossesOf({ requests, faults: keep.includes('faults') ? 0 : faults.value.length, jobs })
}
