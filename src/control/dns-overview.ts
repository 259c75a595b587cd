import type { Result } from '../../schemas/control/control.ts'
import type { OverviewRecord } from '../../schemas/control/dns-overview.ts'
import type { StoredRecord } from '../../schemas/dns-record.ts'
import type { ZoneRecord } from '../../schemas/zone.ts'
import { redacted } from '../gateway/redaction.ts'
import { recordsInZone } from '../resources/dns-records/store.ts'
import { findTarget, type TunnelsById, targetOf, tunnelsById } from '../resources/dns-records/tunnel-link.ts'
import { allZones } from '../resources/zones/default-zone.ts'
import { runInTurns, type Work } from '../worlds/turns.ts'
import type { Context } from './context.ts'

/** A zone may have many records, so redaction takes turns with other requests. */
export async function getDnsOverview({ world }: Context): Promise<Result<'getDnsOverview'>> {
  const { db, events } = world
  world.now()
  const event_id = events.lastId()
  const tunnels = tunnelsById(db)
  const zones = allZones(db).map(zone => ({ zone, records: recordsInZone(db, zone.id) }))
  return { event_id, zones: await runInTurns(overviewOf(zones, tunnels), world.id) }
}

interface ZoneWithRecords {
  readonly zone: ZoneRecord
  readonly records: readonly StoredRecord[]
}

function* overviewOf(zones: readonly ZoneWithRecords[], tunnels: TunnelsById): Work<Result<'getDnsOverview'>['zones']> {
  const overviews = []
  for (const { zone, records } of zones) {
    const { id, account_id, name, status, paused, type, plan, created_on } = zone
    const presented: OverviewRecord[] = []
    for (const record of records) {
      presented.push(presentRecord(record, zone, tunnels))
      yield
    }
    overviews.push({ id, account_id, name, status, paused, type, plan, created_on, records: presented })
  }
  return overviews
}

/** Users choose names, contents, comments and tags, and may have put a secret into them. */
function presentRecord(record: StoredRecord, zone: ZoneRecord, tunnels: TunnelsById): OverviewRecord {
  const { zone_id, data, settings, comment_modified_on, tags_modified_on, tags, ...shown } = record
  const overview: OverviewRecord = { ...shown, tags: [...tags], tunnel: tunnelOf(record, zone, tunnels) }
  return redacted(overview) as OverviewRecord
}

function tunnelOf(record: StoredRecord, zone: ZoneRecord, tunnels: TunnelsById): OverviewRecord['tunnel'] {
  const id = targetOf(record)
  if (id === undefined) return null
  const found = findTarget(id, zone, tunnels)
  return 'rule' in found
    ? { tunnel_id: id, name: null, problem: `the tunnel ${found.why}` }
    : { tunnel_id: id, name: found.name, problem: null }
}
