import type { Finding } from '../../../schemas/control/lint.ts'
import type { Reader } from '../../store/database.ts'
import { allZones } from '../zones/default-zone.ts'
import { recordsInZone } from './store.ts'
import { findTarget, targetOf, tunnelsById } from './tunnel-link.ts'

/** CNAME records that name a tunnel and do not work. */
export function* lintRecords(db: Reader): Iterable<Finding | undefined> {
  const tunnels = tunnelsById(db)
  yield
  for (const zone of allZones(db)) {
    for (const record of recordsInZone(db, zone.id)) {
      yield
      const tunnel_id = targetOf(record)
      if (tunnel_id === undefined) continue

      const { id, name, proxied } = record
      const about = { account_id: zone.account_id, zone_id: zone.id, id, name }
      const link = findTarget(tunnel_id, zone, tunnels)
      if ('rule' in link) {
        const what = `the CNAME record ${name} leads to tunnel ${tunnel_id}, which ${link.why}`
        yield { rule: link.rule, message: `${what}: delete the record, or point it at another tunnel`, ...about }
      }
      if (!proxied) {
        const what = `the CNAME record ${name} leads to tunnel ${tunnel_id} but is not proxied`
        yield { rule: 'record_not_proxied', message: `${what}: set proxied to true`, ...about }
      }
    }
  }
}
