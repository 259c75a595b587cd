import type { StoredRecord } from '../../../schemas/dns-record.ts'
import type { RecordBatch } from '../../../schemas/dns-record-changes.ts'
import { throwApiError } from '../../gateway/api-error.ts'
import { addRecord, editRecord, removeRecord, replaceRecord, type Work } from './changes.ts'
import { RECORD_ERRORS } from './errors.ts'
import { limitsOf } from './rules.ts'

type BatchRecords = Readonly<Record<'deletes' | 'patches' | 'puts' | 'posts', readonly StoredRecord[]>>

/**
 * Carries out a batch in the documented order (documented: dns_batch_order). The transaction around
 * it makes it all or nothing (recorded: dns_batch_atomic). Lists that were not sent are empty
 * (assumed: dns_batch_lists).
 */
export function applyBatch(work: Work, batch: RecordBatch): BatchRecords {
  const { deletes = [], patches = [], puts = [], posts = [] } = batch
  const { batch: max } = limitsOf(work.zone, work.world.changes)
  if (deletes.length + patches.length + puts.length + posts.length > max)
    throwApiError(RECORD_ERRORS.dns_batch_too_large, String(max))

  return {
    deletes: deletes.map(({ id }) => removeRecord(work, id.toLowerCase())),
    patches: patches.map(({ id, ...change }) => editRecord(work, id.toLowerCase(), change)),
    puts: puts.map(({ id, ...change }) => replaceRecord(work, id.toLowerCase(), change)),
    posts: posts.map(change => addRecord(work, change)),
  }
}
