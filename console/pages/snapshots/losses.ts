/** What a world loses when all of it is replaced. */
import { call } from '../../data/control.ts'
import { worldName } from '../../data/place.ts'
import { useResource } from '../../data/resource.ts'
import { due, faults } from '../../data/store.ts'
import { lossesOf } from './loss-words.ts'

/** These belong to connections and faults, and are no jobs of their own. */
const NO_JOBS = new Set(['connections_expire', 'fault_ends'])

/** Such as “the request log (214)”, “2 faults”. */
export function useLosses(keepsRequests = false): readonly string[] {
  const { data: worlds = [] } = useResource(() => call('listWorlds'), {
    changes: ({ type }) => type === 'request' || type === 'requests_cleared' || type === 'world_reset',
  })
  const requests = keepsRequests ? 0 : (worlds.find(({ id }) => id === worldName)?.requests ?? 0)
  const jobs = due.value.filter(({ happens }) => !NO_JOBS.has(happens)).length
  return lossesOf({ requests, faults: faults.value.length, jobs })
}
