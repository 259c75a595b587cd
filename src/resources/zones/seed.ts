import { createHash } from 'node:crypto'
import { type StateZone, StateZones } from '../../../schemas/state-zone.ts'
import { normalised } from '../../../schemas/time.ts'
import type { ZoneRecord } from '../../../schemas/zone.ts'
import { type SectionContext, type SectionPart, StateError, type StateSection } from '../../worlds/state-format.ts'
import { sampleAccount } from '../sample-account.ts'
import { BIRTHDAY, NAME_SERVERS } from './default-zone.ts'
import { insertZone, storedZones } from './store.ts'

/** Without an account, a zone belongs to the sample account, which the other sections decide. */
type SeededZone = Omit<ZoneRecord, 'account_id'> & Partial<Pick<ZoneRecord, 'account_id'>>

export const ZONE_SECTION: StateSection = {
  key: 'zones',
  model: StateZones,
  recordsOf: (parts: readonly SectionPart<readonly StateZone[]>[], context) => {
    const taken = new Set<string>()
    return parts.flatMap(({ where, content }) =>
      content.map((zone, index) => {
        const path = `${where}[${index}]`
        const record = recordOf(zone)
        requireListedAccount(path, record, context)
        requireDistinct(path, record, taken)
        return record
      }),
    )
  },
  write: (db, record: SeededZone) => insertZone(db, { account_id: sampleAccount(db), ...record }),
  read: storedZones,
}

function recordOf(zone: StateZone): SeededZone {
  const name = zone.name.toLowerCase()
  const created_on = normalised(zone.created_on ?? BIRTHDAY)
  return {
    id: zone.id?.toLowerCase() ?? createHash('sha256').update(name).digest('hex').slice(0, 32),
    name,
    ...(zone.account_id && { account_id: zone.account_id.toLowerCase() }),
    status: zone.status ?? 'active',
    paused: zone.paused ?? false,
    type: zone.type ?? 'full',
    plan: zone.plan ?? 'free',
    name_servers: zone.name_servers ?? NAME_SERVERS,
    created_on,
    modified_on: normalised(zone.modified_on ?? created_on),
  }
}

function requireListedAccount(where: string, { account_id }: SeededZone, { accounts }: SectionContext): void {
  if (account_id !== undefined && accounts.size > 0 && !accounts.has(account_id))
    throw new StateError(where, `account ${account_id} is not listed in accounts`)
}

/** Zones need different ids and names. `taken` collects both. */
function requireDistinct(where: string, { id, name }: SeededZone, taken: Set<string>): void {
  if (taken.has(name)) throw new StateError(`${where}.name`, `another zone is named "${name}"`)
  if (taken.has(id)) throw new StateError(`${where}.id`, `another zone has the id ${id}`)
  taken.add(id).add(name)
}
