import type { DnsRecord, StoredRecord } from '../../../schemas/dns-record.ts'
import type { ZoneRecord } from '../../../schemas/zone.ts'
import type { DatedChanges } from '../../evidence/dated-changes.ts'
import { isProxiable } from './content.ts'

/** A record with the keys of the recordings, in their order (recorded: dns_record_keys). */
export function presentRecord(record: StoredRecord, zone: ZoneRecord, changes: DatedChanges): DnsRecord {
  const { type, content, priority, data, comment, tags, comment_modified_on, tags_modified_on } = record
  return {
    id: record.id,
    // (recorded: dns_record_zone_gone)
    ...(!changes.dns_record_zone_gone && { zone_id: zone.id, zone_name: zone.name }),
    name: record.name,
    type,
    content,
    ...(priority !== null && { priority }),
    proxiable: isProxiable(type, content),
    proxied: record.proxied,
    ttl: record.ttl,
    // (assumed: dns_data_position)
    ...(data && { data }),
    settings: settingsOf(record),
    meta: {},
    comment,
    tags: [...tags],
    created_on: trimmed(record.created_on),
    modified_on: trimmed(record.modified_on),
    // Only with a comment or tags (documented: dns_modified_on).
    ...(comment_modified_on !== null && { comment_modified_on: trimmed(comment_modified_on) }),
    ...(tags_modified_on !== null && { tags_modified_on: trimmed(tags_modified_on) }),
  }
}

/** Only a CNAME that is not proxied has a setting by default (recorded: dns_settings). */
function settingsOf({ type, proxied, settings }: StoredRecord): StoredRecord['settings'] {
  return type === 'CNAME' && !proxied ? { flatten_cname: false, ...settings } : settings
}

/** Without zeros at the end of the fraction (recorded: dns_record_times). */
function trimmed(time: string): string {
  return time.replace(/\.?0*Z$/, 'Z')
}
