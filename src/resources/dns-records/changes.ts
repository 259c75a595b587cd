/**
 * Changes of records inside a transaction. Each returns the record as it was or is now, and adds
 * its event to the unit of work.
 */
import type { EventType } from '../../../schemas/control/event.ts'
import type { StoredRecord } from '../../../schemas/dns-record.ts'
import type { RecordChange } from '../../../schemas/dns-record-changes.ts'
import type { Timestamp } from '../../../schemas/timestamp.ts'
import type { ZoneRecord } from '../../../schemas/zone.ts'
import { throwApiError } from '../../gateway/api-error.ts'
import { redactedText } from '../../gateway/redaction.ts'
import type { World } from '../../world/world.ts'
import { conflictOf } from './conflicts.ts'
import { RECORD_ERRORS } from './errors.ts'
import { type RecordValues, readFields } from './fields.ts'
import { ancestorsOf } from './names.ts'
import { rejectFields } from './problem.ts'
import { fieldsOf, limitsOf } from './rules.ts'
import { countRecords, deleteRecord, findRecord, insertRecord, recordsNamed, saveRecord } from './store.ts'

/** One unit of work: all changes in one transaction, the events after it. */
export interface Work {
  readonly world: World
  readonly zone: ZoneRecord
  readonly now: Timestamp
  readonly happened: (type: EventType, record: StoredRecord) => void
}

export function carryOut<T>(context: Pick<Work, 'world' | 'zone' | 'now'>, change: (work: Work) => T): T {
  const { world, zone, now } = context
  const events: [EventType, StoredRecord][] = []
  const result = world.db.transaction(() => change({ ...context, happened: (...event) => events.push(event) }))
  for (const [type, { id, name, type: record_type }] of events) {
    world.events.emit({
      at: now,
      type,
      account_id: zone.account_id,
      zone_id: zone.id,
      record_id: id,
      name: redactedText(name),
      record_type,
    })
  }
  return result
}

export function requireRecord({ db }: Pick<World, 'db'>, zone: ZoneRecord, id: string): StoredRecord {
  return findRecord(db, zone.id, id) ?? throwApiError(RECORD_ERRORS.dns_record_unknown)
}

export function addRecord(work: Work, change: RecordChange): StoredRecord {
  const { world, zone, now } = work
  const values = valuesOf(work, change)
  requireQuota(work)
  const record = {
    ...values,
    id: world.ids.bytes(16).toString('hex'),
    zone_id: zone.id,
    created_on: now,
    modified_on: now,
    ...modificationTimes(values, now),
  }
  requireNoConflict(work, record)
  insertRecord(world.db, record)
  work.happened('dns_record_created', record)
  return record
}

/** PUT replaces all fields; an omitted one gets its default (recorded: dns_put_replaces). */
export function replaceRecord(work: Work, id: string, change: RecordChange): StoredRecord {
  return saveChanged(work, requireRecord(work.world, work.zone, id), change)
}

/** PATCH keeps omitted fields (documented: dns_patch_merges). */
export function editRecord(work: Work, id: string, change: RecordChange): StoredRecord {
  const before = requireRecord(work.world, work.zone, id)
  return saveChanged(work, before, { ...fieldsOf(before), ...change })
}

export function removeRecord({ world, zone, happened }: Work, id: string): StoredRecord {
  const record = requireRecord(world, zone, id)
  deleteRecord(world.db, record)
  happened('dns_record_deleted', record)
  return record
}

function saveChanged(work: Work, before: StoredRecord, change: RecordChange): StoredRecord {
  const values = valuesOf(work, change)
  const record = { ...before, ...values, modified_on: work.now, ...modificationTimes(values, work.now, before) }
  requireNoConflict(work, record, before)
  saveRecord(work.world.db, record)
  work.happened('dns_record_updated', record)
  return record
}

function valuesOf({ world: { changes }, zone }: Work, change: RecordChange): RecordValues {
  const read = readFields(change, { zone: zone.name, limits: limitsOf(zone, changes), changes })
  return 'values' in read ? read.values : rejectFields(read.problems, changes)
}

/** When comment and tags changed; null without them (documented: dns_modified_on). */
export function modificationTimes(
  { comment, tags }: RecordValues,
  now: Timestamp,
  before?: StoredRecord,
): Pick<StoredRecord, 'comment_modified_on' | 'tags_modified_on'> {
  const isSameComment = before !== undefined && before.comment === comment
  const areSameTags = before !== undefined && before.tags.join() === tags.join()
  return {
    comment_modified_on: comment === null ? null : isSameComment ? before.comment_modified_on : now,
    tags_modified_on: tags.length === 0 ? null : areSameTags ? before.tags_modified_on : now,
  }
}

function requireNoConflict({ world, zone }: Work, record: StoredRecord, before?: StoredRecord): void {
  const namesakes = recordsNamed(world.db, zone.id, record.name).filter(({ id }) => id !== record.id)
  // What already stood below a new delegation may still change.
  const delegation = before?.name === record.name ? [] : delegationAbove(world, zone, record.name)
  const conflict = conflictOf(record, { namesakes, is_apex: record.name === zone.name, delegation }, world.changes)
  if (conflict) throwApiError(conflict)
}

/** The name servers of the closest delegation between the record and the zone. */
function delegationAbove({ db }: World, zone: ZoneRecord, name: string): readonly string[] {
  for (const ancestor of ancestorsOf(name, zone.name)) {
    const servers = recordsNamed(db, zone.id, ancestor).filter(({ type }) => type === 'NS')
    if (servers.length > 0) return servers.map(({ content }) => content)
  }
  return []
}

function requireQuota({ world: { db, changes }, zone }: Work): void {
  if (countRecords(db, zone.id) >= limitsOf(zone, changes).records) throwApiError(RECORD_ERRORS.dns_quota_exceeded)
}
