/** What the sections of virtual networks, routes and hostname routes have in common. */
import type { StateTunnel } from '../../schemas/state.ts'
import { seedTimeOf } from '../../schemas/time.ts'
import { type SectionContext, type SectionPart, StateError } from '../worlds/state-format.ts'
import type { Deletable } from './network-list.ts'

/** An item of a section, with its path. */
export interface SeedItem<T> {
  readonly where: string
  readonly item: T
}

export function itemsOf<T>(parts: readonly SectionPart[]): readonly SeedItem<T>[] {
  return parts.flatMap(({ where, content }) =>
    (content as readonly T[]).map((item, index) => ({ where: `${where}[${index}]`, item })),
  )
}

interface Times {
  readonly created_at?: string
  readonly deleted_at?: string | null
}

/** By default it was created now and not deleted. A deletion comes after its creation. */
export function timesOf({ created_at, deleted_at }: Times, where: string, { now }: SectionContext): Deletable {
  const times = {
    created_at: seedTimeOf(created_at ?? now, now),
    deleted_at: deleted_at ? seedTimeOf(deleted_at, now) : null,
  }
  if (times.deleted_at !== null && times.deleted_at < times.created_at)
    throw new StateError(where, 'deleted_at must not be before created_at')
  return times
}

/** If a state lists accounts, everything must belong to one of them. */
export function requireListedAccount(where: string, account: string, { accounts }: SectionContext): void {
  if (accounts.size > 0 && !accounts.has(account))
    throw new StateError(where, `account ${account} is not listed in accounts`)
}

/** Adds a key; throws if it was added before. */
export function requireDistinct(where: string, key: string, taken: Set<string>, what: string): void {
  if (taken.has(key)) throw new StateError(where, what)
  taken.add(key)
}

/** The tunnels of a state that have an id, by account and id. */
export function seededTunnels({ partsOf }: SectionContext): ReadonlyMap<string, StateTunnel> {
  return new Map(
    itemsOf<StateTunnel>(partsOf('tunnels')).map(({ item }) => [`${item.account_tag} ${item.id}`.toLowerCase(), item]),
  )
}

/** Requires that the state names the tunnel of a route, and that a live route has a live one. */
export function requireSeededTunnel(
  where: string,
  { account_id, tunnel_id, deleted_at }: Deletable & { readonly account_id: string; readonly tunnel_id: string },
  tunnels: ReadonlyMap<string, StateTunnel>,
): void {
  const tunnel = tunnels.get(`${account_id} ${tunnel_id}`)
  if (!tunnel) throw new StateError(`${where}.tunnel_id`, `the account has no tunnel with the id ${tunnel_id}`)
  if (tunnel.deleted_at && deleted_at === null)
    throw new StateError(where, `tunnel ${tunnel_id} is deleted, so the route must be deleted too`)
}
