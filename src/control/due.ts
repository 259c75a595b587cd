import type { Result } from '../../schemas/control/control.ts'
import type { DueItem } from '../../schemas/control/due.ts'
import type { Moment } from '../../schemas/records.ts'
import { expiryOf } from '../resources/connections/rules.ts'
import { trackedLosses } from '../resources/connections/store.ts'
import type { World } from '../world/world.ts'
import type { Context } from './context.ts'

/** Our limit: what a page can show. */
const MAX_ITEMS = 50

export function listDue({ world }: Context): Result<'listDue'> {
  const moment = world.moment()
  return [...world.scheduler.plans(), ...expiriesIn(world, moment)]
    .toSorted((a, b) => Number(a.at > b.at) - Number(a.at < b.at))
    .slice(0, MAX_ITEMS)
}

/** From the facts: the job of an expiry stays when the connector reconnects before it is due. */
function expiriesIn({ db, pending_reconnect_ms }: World, moment: Moment): readonly DueItem[] {
  return trackedLosses(db, moment).map(({ account_tag, id, client_id, lost_at, connections }) => ({
    at: expiryOf(lost_at, pending_reconnect_ms),
    happens: 'connections_expire',
    account_id: account_tag,
    tunnel_id: id,
    connector_id: client_id,
    connections,
  }))
}
