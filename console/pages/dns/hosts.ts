/** The records of a zone as people look for them: by hostname, filtered. */
import type { DnsOverview, OverviewRecord } from '../../../schemas/control/dns-overview.ts'
import type { Finding } from '../../../schemas/control/lint.ts'
import { hasWords } from '../../data/find.ts'

export type Zone = DnsOverview['zones'][number]

export interface Host {
  readonly name: string
  readonly records: readonly OverviewRecord[]
}

export interface RecordFilter {
  readonly type?: string | undefined
  readonly find: string
  readonly onlyProblems: boolean
}

/** By the id of a record or tunnel. */
export type Problems = ReadonlyMap<string, readonly Finding[]>

/** The hosts of a zone: the zone itself first, then by the labels from the right. */
export function hostsOf(records: readonly OverviewRecord[]): readonly Host[] {
  return [...Map.groupBy(records, ({ name }) => name)]
    .map(([name, own]) => ({ name, records: own, key: name.split('.').toReversed().join(' ') }))
    .toSorted((a, b) => (a.key < b.key ? -1 : 1))
}

export function isWanted(record: OverviewRecord, { type, onlyProblems }: RecordFilter, problems: Problems): boolean {
  return (type === undefined || record.type === type) && (!onlyProblems || problems.has(record.id))
}

export function isFound({ name, type, content, comment, tags, tunnel }: OverviewRecord, find: string): boolean {
  return hasWords(find, name, type, content, comment, ...tags, tunnel?.name ?? null)
}

export interface NameParts {
  readonly own: string
  /** The rest of the name, which all names of the zone have. */
  readonly zone: string
}

export function partsOfName(name: string, zone: string): NameParts {
  return name.endsWith(`.${zone}`)
    ? { own: name.slice(0, -zone.length - 1), zone: `.${zone}` }
    : { own: name, zone: '' }
}

/** The zone that a record for a hostname belongs to: the one with the longest name. */
export function zoneOf(hostname: string, zones: readonly Zone[]): Zone | undefined {
  return zones
    .filter(({ name }) => hostname === name || hostname.endsWith(`.${name}`))
    .toSorted((a, b) => b.name.length - a.name.length)[0]
}

/** Records of these types lead visitors somewhere. */
export function isOfHost({ type }: OverviewRecord): boolean {
  return type === 'A' || type === 'AAAA' || type === 'CNAME'
}
