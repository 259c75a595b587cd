import { createHash } from 'node:crypto'
import type { StoredRecord } from '../../../schemas/dns-record.ts'
import { type StateDnsRecord, StateDnsRecords } from '../../../schemas/state-dns-record.ts'
import type { StateZone } from '../../../schemas/state-zone.ts'
import { seedTimeOf } from '../../../schemas/time.ts'
import type { ZoneRecord } from '../../../schemas/zone.ts'
import { datedChangesOn } from '../../evidence/dated-changes.ts'
import { type SectionContext, type SectionPart, StateError, type StateSection } from '../../worlds/state-format.ts'
import { DEFAULT_ZONE } from '../zones/default-zone.ts'
import { ZONE_SECTION } from '../zones/seed.ts'
import { modificationTimes } from './changes.ts'
import { conflictOf } from './conflicts.ts'
import { readFields } from './fields.ts'
import { limitsOf } from './rules.ts'
import { allRecords, insertRecord } from './store.ts'

type SeededZone = Pick<ZoneRecord, 'id' | 'name' | 'plan' | 'created_on'>

export const RECORD_SECTION: StateSection = {
  key: 'dns_records',
  model: StateDnsRecords,
  recordsOf: (parts: readonly SectionPart<readonly StateDnsRecord[]>[], context) => {
    const zones = zonesIn(context)
    const ids = new Set<string>()
    const byName = new Map<string, StoredRecord[]>()
    const records = parts.flatMap(({ where, content }) =>
      content.map((one, index) => {
        const path = `${where}[${index}]`
        const zone = zoneOf(path, one, zones)
        const record = recordOf(path, one, zone, context)
        if (ids.has(record.id)) throw new StateError(`${path}.id`, `another record has the id ${record.id}`)

        const key = `${zone.id} ${record.name}`
        const namesakes = byName.get(key) ?? []
        requireNoConflict(path, record, zone, namesakes)
        ids.add(record.id)
        byName.set(key, [...namesakes, record])
        return record
      }),
    )
    // The newest of a name is listed first, so a record must not be stored before an older one.
    return records.toSorted((a, b) => (a.created_on < b.created_on ? -1 : Number(a.created_on > b.created_on)))
  },
  write: (db, record: StoredRecord) => insertRecord(db, record),
  read: allRecords,
}

function zonesIn(context: SectionContext): readonly SeededZone[] {
  const parts = context.partsOf(ZONE_SECTION.key) as readonly SectionPart<readonly StateZone[]>[]
  const zones = [...(ZONE_SECTION.recordsOf(parts, context) as Iterable<SeededZone>)]
  return zones.length > 0 ? zones : [DEFAULT_ZONE]
}

/** The zone that a record names, or the only one. */
function zoneOf(where: string, { zone, zone_id }: StateDnsRecord, zones: readonly SeededZone[]): SeededZone {
  const [only, another] = zones
  if (zone === undefined && zone_id === undefined) {
    if (only && !another) return only
    throw new StateError(where, 'needs a zone or a zone_id, because there are several zones')
  }
  const [found, other] = zones.filter(({ id, name }) => id === zone_id?.toLowerCase() || name === zone?.toLowerCase())
  if (!found) throw new StateError(where, `there is no zone ${zone_id ?? zone}`)
  if (other) throw new StateError(where, `several zones are named "${zone}", so it needs a zone_id`)
  return found
}

const LATEST = datedChangesOn('latest')

function recordOf(where: string, state: StateDnsRecord, zone: SeededZone, { now }: SectionContext): StoredRecord {
  const { zone: _zone, data, priority, comment, ...fields } = state
  const change = {
    ...fields,
    ...(data && { data }),
    ...(priority != null && { priority }),
    ...(comment != null && { comment }),
  }
  const read = readFields(change, { zone: zone.name, limits: seedLimits(zone), changes: LATEST })
  if ('problems' in read) {
    const [{ error, detail }] = read.problems
    throw new StateError(where, error.errors(detail)[0].message)
  }
  const { values } = read
  const created_on = seedTimeOf(state.created_on ?? zone.created_on, now)
  const modified_on = state.modified_on === undefined ? created_on : seedTimeOf(state.modified_on, now)
  const times = modificationTimes(values, modified_on)
  return {
    ...values,
    id: state.id?.toLowerCase() ?? idOf(zone, values),
    zone_id: zone.id,
    created_on,
    modified_on,
    comment_modified_on: state.comment_modified_on
      ? seedTimeOf(state.comment_modified_on, now)
      : times.comment_modified_on,
    tags_modified_on: state.tags_modified_on ? seedTimeOf(state.tags_modified_on, now) : times.tags_modified_on,
  }
}

/** A world that behaves as on an earlier day may have records with the TTLs of that day. */
function seedLimits(zone: SeededZone) {
  return { ...limitsOf(zone, LATEST), ttl: { min: 30, max: 2_147_483_647 } }
}

function idOf({ id }: SeededZone, { type, name, content }: Pick<StoredRecord, 'type' | 'name' | 'content'>): string {
  return createHash('sha256').update(`${id} ${type} ${name} ${content}`).digest('hex').slice(0, 32)
}

/** Records below a delegation may be older than it, so they are not checked for that. */
function requireNoConflict(
  where: string,
  record: StoredRecord,
  zone: SeededZone,
  namesakes: readonly StoredRecord[],
): void {
  const conflict = conflictOf(record, { namesakes, is_apex: record.name === zone.name, delegation: [] }, LATEST)
  if (conflict) throw new StateError(where, conflict.errors('')[0].message)
}
