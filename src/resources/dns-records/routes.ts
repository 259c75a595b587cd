import type { FastifyRequest } from 'fastify'
import {
  DeletedRecord,
  DnsRecord,
  RecordBatchResult,
  RecordPath,
  type StoredRecord,
} from '../../../schemas/dns-record.ts'
import { RecordBatch, RecordChange } from '../../../schemas/dns-record-changes.ts'
import { RecordListQuery } from '../../../schemas/dns-record-list.ts'
import { ENVELOPES } from '../../../schemas/envelope.ts'
import { ZonePath } from '../../../schemas/identifiers.ts'
import { numberedPage, ok } from '../../gateway/envelope.ts'
import { type App, familyModels } from '../../gateway/route.ts'
import { ZONE_ERRORS } from '../zones/errors.ts'
import { requireZone } from '../zones/require-zone.ts'
import { applyBatch } from './batch.ts'
import { addRecord, carryOut, editRecord, removeRecord, replaceRecord, requireRecord, type Work } from './changes.ts'
import { CHANGE_ERRORS, RECORD_ERRORS } from './errors.ts'
import { recordPage } from './list-query.ts'
import { RECORD_OPERATIONS } from './operation-ids.ts'
import { DNS_READ, DNS_WRITE } from './permissions.ts'
import { presentRecord } from './present.ts'

const COLLECTION = '/zones/:zone_id/dns_records'
const ITEM = `${COLLECTION}/:dns_record_id`
const models = familyModels(ENVELOPES.dns)
const tags = ['DNS records']
const { zone_unknown } = ZONE_ERRORS
const { dns_record_unknown, dns_body_invalid } = RECORD_ERRORS

export function recordRoutes(app: App): void {
  app.get(
    COLLECTION,
    {
      config: { permission: DNS_READ, errors: [zone_unknown] },
      schema: {
        operationId: RECORD_OPERATIONS.list,
        summary: 'List DNS records',
        description: 'Returns the records of a zone that match all filters, or any of them, page by page.',
        tags,
        params: ZonePath,
        querystring: RecordListQuery,
        response: models.page(DnsRecord),
      },
    },
    request => {
      const { world, query } = request
      const zone = requireZone(request)
      const { items, total } = recordPage(world.db, zone.id, query)
      const records = items.map(record => presentRecord(record, zone, world.changes))
      return numberedPage(records, { page: query.page, per_page: query.per_page, total_count: total })
    },
  )

  app.post(
    COLLECTION,
    {
      config: { permission: DNS_WRITE, errors: [zone_unknown, ...CHANGE_ERRORS], invalid_body: dns_body_invalid },
      schema: {
        operationId: RECORD_OPERATIONS.create,
        summary: 'Create a DNS record',
        description: 'Creates a record. The zone is appended to a name that does not end with it.',
        tags,
        params: ZonePath,
        body: RecordChange,
        response: models.ok(DnsRecord),
      },
    },
    request => change(request, work => addRecord(work, request.body)),
  )

  app.post(
    `${COLLECTION}/batch`,
    {
      config: {
        permission: DNS_WRITE,
        errors: [zone_unknown, dns_record_unknown, RECORD_ERRORS.dns_batch_too_large, ...CHANGE_ERRORS],
        invalid_body: dns_body_invalid,
      },
      schema: {
        operationId: RECORD_OPERATIONS.batch,
        summary: 'Change several DNS records',
        description: 'Deletes, patches, puts and posts records, in this order; all of them or none.',
        tags,
        params: ZonePath,
        body: RecordBatch,
        response: models.ok(RecordBatchResult),
      },
    },
    request => {
      const { world, moment } = request
      const zone = requireZone(request)
      const present = (records: readonly StoredRecord[]) =>
        records.map(record => presentRecord(record, zone, world.changes))
      const done = carryOut({ world, zone, now: moment.now }, work => applyBatch(work, request.body))
      return ok({
        deletes: present(done.deletes),
        patches: present(done.patches),
        puts: present(done.puts),
        posts: present(done.posts),
      })
    },
  )

  app.get(
    ITEM,
    {
      config: { permission: DNS_READ, errors: [zone_unknown, dns_record_unknown] },
      schema: {
        operationId: RECORD_OPERATIONS.get,
        summary: 'Get a DNS record',
        description: 'Returns one record.',
        tags,
        params: RecordPath,
        response: models.ok(DnsRecord),
      },
    },
    request => {
      const zone = requireZone(request)
      const record = requireRecord(request.world, zone, request.params.dns_record_id)
      return ok(presentRecord(record, zone, request.world.changes))
    },
  )

  app.patch(
    ITEM,
    {
      config: {
        permission: DNS_WRITE,
        errors: [zone_unknown, dns_record_unknown, ...CHANGE_ERRORS],
        invalid_body: dns_body_invalid,
      },
      schema: {
        operationId: RECORD_OPERATIONS.edit,
        summary: 'Edit a DNS record',
        description: 'Changes the given fields of a record.',
        tags,
        params: RecordPath,
        body: RecordChange,
        response: models.ok(DnsRecord),
      },
    },
    request => change(request, work => editRecord(work, request.params.dns_record_id, request.body)),
  )

  app.put(
    ITEM,
    {
      config: {
        permission: DNS_WRITE,
        errors: [zone_unknown, dns_record_unknown, ...CHANGE_ERRORS],
        invalid_body: dns_body_invalid,
      },
      schema: {
        operationId: RECORD_OPERATIONS.update,
        summary: 'Overwrite a DNS record',
        description: 'Replaces all fields of a record. Those that are left out get their defaults.',
        tags,
        params: RecordPath,
        body: RecordChange,
        response: models.ok(DnsRecord),
      },
    },
    request => change(request, work => replaceRecord(work, request.params.dns_record_id, request.body)),
  )

  app.delete(
    ITEM,
    {
      config: { permission: DNS_WRITE, errors: [zone_unknown, dns_record_unknown] },
      schema: {
        operationId: RECORD_OPERATIONS.delete,
        summary: 'Delete a DNS record',
        description: 'Deletes a record, and returns its id.',
        tags,
        params: RecordPath,
        response: models.ok(DeletedRecord),
      },
    },
    request => {
      const { world, moment, params } = request
      const work = { world, zone: requireZone(request), now: moment.now }
      return ok({ id: carryOut(work, one => removeRecord(one, params.dns_record_id)).id })
    },
  )
}

function change(request: FastifyRequest, work: (work: Work) => StoredRecord) {
  const { world, moment } = request
  const zone = requireZone(request)
  return ok(presentRecord(carryOut({ world, zone, now: moment.now }, work), zone, world.changes))
}
