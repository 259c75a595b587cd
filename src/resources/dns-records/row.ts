/** Converts between records and the rows of their table. */
import type { StoredRecord } from '../../../schemas/dns-record.ts'

type JsonColumn = 'data' | 'settings' | 'tags'

export type RecordRow = Omit<StoredRecord, JsonColumn | 'proxied'> & {
  readonly proxied: 0 | 1
  readonly data: string | null
  readonly settings: string
  readonly tags: string
}

const NAMES = [
  ...(['id', 'zone_id', 'type', 'name', 'content', 'priority', 'data', 'ttl', 'proxied', 'settings'] as const),
  ...(['comment', 'tags', 'created_on', 'modified_on', 'comment_modified_on', 'tags_modified_on'] as const),
] satisfies readonly (keyof StoredRecord)[]

export const COLUMNS = NAMES.join(', ')

export const INSERT = `INSERT INTO dns_records (${COLUMNS}) VALUES (${NAMES.map(name => `@${name}`).join(', ')})`

export const UPDATE = `UPDATE dns_records SET ${NAMES.map(name => `${name} = @${name}`).join(', ')} WHERE id = @id`

export function rowOf({ data, settings, tags, proxied, ...record }: StoredRecord): RecordRow {
  return {
    ...record,
    proxied: proxied ? 1 : 0,
    data: data && JSON.stringify(data),
    settings: JSON.stringify(settings),
    tags: JSON.stringify(tags),
  }
}

export function recordOf({ data, settings, tags, proxied, ...row }: RecordRow): StoredRecord {
  return {
    ...row,
    proxied: proxied === 1,
    data: data && JSON.parse(data),
    settings: JSON.parse(settings),
    tags: JSON.parse(tags),
  }
}
