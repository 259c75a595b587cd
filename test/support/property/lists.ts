import type { Connection, Model, Tunnel } from './facts.ts'
import { presented, statusOf } from './rules.ts'

/** The filters and the page of a list, with times of the model. */
export interface ListQuery {
  readonly name?: string | undefined
  readonly uuid?: string | undefined
  readonly is_deleted?: boolean | undefined
  readonly status?: string | undefined
  readonly include_prefix?: string | undefined
  readonly name_prefix?: string | undefined
  readonly exclude_prefix?: string | undefined
  readonly existed_at?: number | undefined
  readonly was_active_at?: number | undefined
  readonly was_inactive_at?: number | undefined
  readonly per_page?: number | undefined
  readonly page?: number | undefined
}

function existedAt({ created, deleted }: Tunnel, time: number): boolean {
  return created <= time && (deleted === null || deleted > time)
}

function wasLiveAt({ connectors }: Tunnel, time: number): boolean {
  return connectors.flatMap(({ connections }) => connections).some(connection => isLiveAt(connection, time))
}

function isLiveAt({ opened, lost, closed }: Connection, time: number): boolean {
  return opened <= time && (lost === null || lost > time) && (closed === null || closed > time)
}

type Filters = { readonly [Key in keyof ListQuery]-?: (tunnel: Tunnel, wanted: NonNullable<ListQuery[Key]>) => boolean }

function filtersAt(now: number): Omit<Filters, 'is_deleted' | 'per_page' | 'page'> {
  return {
    name: (tunnel, name) => tunnel.name === name,
    uuid: ({ id }, uuid) => id === uuid,
    status: (tunnel, status) => statusOf(tunnel, now) === status,
    include_prefix: ({ name }, prefix) => name.startsWith(prefix),
    name_prefix: ({ name }, prefix) => name.startsWith(prefix),
    exclude_prefix: ({ name }, prefix) => prefix === '' || !name.startsWith(prefix),
    existed_at: existedAt,
    was_active_at: wasLiveAt,
    was_inactive_at: (tunnel, time) => existedAt(tunnel, time) && !wasLiveAt(tunnel, time),
  }
}

/** The expected page, by ascending id. */
export function listResponse(
  { tunnels, now }: Model,
  { is_deleted = false, per_page = 1_000, page = 1, ...query }: ListQuery,
) {
  const filters = Object.entries(filtersAt(now)) as [keyof typeof query, (tunnel: Tunnel, wanted: unknown) => boolean][]
  const fits = (tunnel: Tunnel): boolean =>
    (tunnel.deleted !== null) === is_deleted &&
    filters.every(([key, filter]) => query[key] === undefined || filter(tunnel, query[key]))

  const found = tunnels.filter(fits).toSorted((a, b) => (a.id < b.id ? -1 : 1))
  const items = found.slice((page - 1) * per_page, page * per_page)
  return {
    result: items.map(tunnel => presented(tunnel, now)),
    result_info: { page, per_page, count: items.length, total_count: found.length },
  }
}
