/** What the lists of virtual networks, routes and hostname routes have in common. */
import { urlDecodedOnce } from '../../schemas/formats.ts'
import type { PageQuery } from '../../schemas/page.ts'
import { normalised } from '../../schemas/time.ts'
import type { Timestamp } from '../../schemas/timestamp.ts'
import { page } from '../gateway/envelope.ts'

/** Something that stays in the database after its deletion. */
export interface Deletable {
  readonly created_at: Timestamp
  readonly deleted_at: Timestamp | null
}

/** Whether a record passes the filter `is_deleted`; undefined filters nothing. */
export function passesDeletion({ deleted_at }: Deletable, isDeleted: boolean | undefined): boolean {
  return isDeleted === undefined || isDeleted === (deleted_at !== null)
}

/** The filter `existed_at`, which some clients encode twice. */
export function existedAt({ created_at, deleted_at }: Deletable, text: string): boolean {
  const time = normalised(text.includes('%') ? urlDecodedOnce(text) : text)
  return created_at <= time && (deleted_at === null || deleted_at > time)
}

/** One page of the records that the filters leave (recorded: network_page). */
export function pageOf<T, Item>(
  records: readonly T[],
  { page: number, per_page }: PageQuery,
  present: (record: T) => Item,
) {
  const start = (number - 1) * per_page
  const onPage = records.slice(start, start + per_page).map(present)
  return page(onPage, { page: number, per_page, count: onPage.length, total_count: records.length })
}
