import type { DnsOverview } from '../../schemas/control/dns-overview.ts'
import type { Finding } from '../../schemas/control/lint.ts'
import { action } from '../data/act.ts'
import { changesIn } from '../data/changes.ts'
import { call } from '../data/control.ts'
import { hasWords } from '../data/find.ts'
import { useResource } from '../data/resource.ts'
import { query, setQuery } from '../data/route.ts'
import { Button } from '../parts/button.tsx'
import { Chips } from '../parts/chips.tsx'
import { count } from '../parts/format.ts'
import { PageHead, Panel } from '../parts/page.tsx'
import { Empty, Loaded } from '../parts/states.tsx'
import { isFound, isWanted, type Problems, type RecordFilter, zoneOf } from './dns/hosts.ts'
import { MissingHosts } from './dns/missing-hosts.tsx'
import { ZonePanel } from './dns/zone-panel.tsx'

/** The server decides what does not fit together. */
async function load() {
  const [{ zones }, findings] = await Promise.all([call('getDnsOverview'), call('lint')])
  return { zones, findings }
}

/** `#/dns`. `zone`, `type`, `find` and `problems` filter. */
export function Dns() {
  const resource = useResource(load, {
    changes: changesIn('dns_record_', 'configuration_published', 'tunnel_created', 'tunnel_updated', 'tunnel_deleted'),
  })
  return (
    <>
      <PageHead title="DNS" facts={resource.data && factsOf(resource.data.zones)} />
      <Loaded resource={resource} action={action('getDnsOverview', {})}>
        {({ zones, findings }) => <Zones zones={zones} findings={findings} />}
      </Loaded>
    </>
  )
}

function factsOf(zones: DnsOverview['zones']): string {
  const records = zones.flatMap(zone => zone.records)
  const toTunnels = records.filter(({ tunnel }) => tunnel !== null).length
  return `${count(records.length, 'record')} in ${count(zones.length, 'zone')}, ${toTunnels} for tunnels`
}

interface ZonesProps {
  readonly zones: DnsOverview['zones']
  readonly findings: readonly Finding[]
}

function Zones({ zones, findings }: ZonesProps) {
  const problems: Problems = Map.groupBy(findings, ({ id }) => id)
  const filter: RecordFilter = {
    type: query.value.get('type') ?? undefined,
    find: query.value.get('find') ?? '',
    onlyProblems: query.value.has('problems'),
  }
  const chosen = zones.filter(({ id }) => id === query.value.get('zone'))
  const inZones = chosen.length > 0 ? chosen : zones
  const found = inZones.map(zone => ({
    zone,
    records: zone.records.filter(record => isFound(record, filter.find)),
  }))
  const shown = found
    .map(({ zone, records }) => ({ zone, records: records.filter(record => isWanted(record, filter, problems)) }))
    .filter(({ zone, records }) => records.length > 0 || (zone.records.length === 0 && !isFiltered(filter)))
  const missing = findings
    .filter(({ rule, name = '' }) => rule === 'hostname_without_dns' && hasWords(filter.find, name))
    .filter(({ name = '' }) => chosen.length === 0 || zoneOf(name, zones) === chosen[0])
  return (
    <>
      {zones.some(({ records }) => records.length > 0) && (
        <Tools records={found.flatMap(({ records }) => records)} filter={filter} problems={problems} />
      )}
      {filter.type === undefined && <MissingHosts findings={missing} zones={zones} />}
      {shown.map(({ zone, records }) => (
        <ZonePanel key={zone.id} zone={zone} records={records} hasOthers={zones.length > 1} />
      ))}
      {shown.length === 0 && (
        <Panel>
          <Empty title="No record matches">
            <Button
              label="Show all records"
              onPress={() => setQuery({ zone: undefined, type: undefined, find: undefined, problems: undefined })}
            />
          </Empty>
        </Panel>
      )}
    </>
  )
}

function isFiltered({ type, find, onlyProblems }: RecordFilter): boolean {
  return type !== undefined || find !== '' || onlyProblems
}

interface ToolsProps {
  readonly records: DnsOverview['zones'][number]['records']
  readonly filter: RecordFilter
  readonly problems: Problems
}

function Tools({ records, filter: { type, find, onlyProblems }, problems }: ToolsProps) {
  const withProblem = records.filter(({ id }) => problems.has(id)).length
  const types = [...Map.groupBy(records, record => record.type)].toSorted(([a], [b]) => (a < b ? -1 : 1))
  return (
    <div class="tunnel-tools">
      <Chips
        label="Type of record"
        value={type ?? 'all'}
        onChoose={value => setQuery({ type: value === 'all' ? undefined : value })}
        choices={[
          { value: 'all', label: 'All', count: records.length },
          ...types.map(([value, { length }]) => ({ value: value as string, label: value, count: length })),
          ...(type !== undefined && !types.some(([value]) => value === type)
            ? [{ value: type, label: type, count: 0 }]
            : []),
        ]}
      />
      <input
        class="find"
        type="search"
        aria-label="Find records"
        placeholder="Find…"
        value={find}
        onInput={({ currentTarget }) => setQuery({ find: currentTarget.value || undefined })}
      />
      {(withProblem > 0 || onlyProblems) && (
        <Button
          label={`Broken ${withProblem}`}
          isPressed={onlyProblems}
          onPress={() => setQuery({ problems: onlyProblems ? undefined : '1' })}
        />
      )}
    </div>
  )
}
