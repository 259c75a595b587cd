import { query, setQuery } from '../../data/route.ts'
import { tunnels } from '../../data/store.ts'
import { Button } from '../../parts/button.tsx'
import { Copyable } from '../../parts/copy-menu.tsx'
import { count, visible } from '../../parts/format.ts'
import { Panel } from '../../parts/page.tsx'
import { Empty } from '../../parts/states.tsx'
import { curlOfSend } from '../tunnel/api-curl.ts'
import { HostLine } from './host-line.tsx'
import { hostsOf, type Zone } from './hosts.ts'

/** A zone can have thousands. */
const SHOWN = 200

interface ZonePanelProps {
  readonly zone: Zone
  /** The records that the filter lets through. */
  readonly records: Zone['records']
  readonly hasOthers: boolean
}

export function ZonePanel({ zone, records, hasOthers }: ZonePanelProps) {
  const { id, name, plan, type, status, paused } = zone
  const hosts = hostsOf(records)
  const shown = Math.max(Number(query.value.get('rows') ?? 0), SHOWN)
  return (
    <Panel
      title={visible(name)}
      actions={
        <p class="row quiet-text">
          <span>
            {status === 'active' ? '' : `${status}, `}
            {paused && 'paused, '}
            {plan} plan, {type} setup
          </span>
          <Copyable text={id} label={`the id of zone ${name}`} />
          {hasOthers && <ZoneChoice id={id} name={name} />}
        </p>
      }
    >
      {zone.records.length === 0 ? (
        <NoRecords zone={zone} />
      ) : (
        <div class="zone">
          <p class="host-heads" aria-hidden="true">
            <span>Name</span>
            <span>Type</span>
            <span>Leads to</span>
            <span>Proxy</span>
            <span>TTL</span>
          </p>
          <ul class="hosts">
            {hosts.slice(0, shown).map(host => (
              <HostLine key={host.name} host={host} zone={name} />
            ))}
          </ul>
          {hosts.length > shown && (
            <p class="row more-rows">
              <Button label={`Show ${SHOWN} more`} onPress={() => setQuery({ rows: String(shown + SHOWN) })} />
              <span class="quiet-text">
                {shown} of {count(hosts.length, 'name')}
              </span>
            </p>
          )}
        </div>
      )}
    </Panel>
  )
}

function ZoneChoice({ id, name }: { id: string; name: string }) {
  const isOnly = query.value.get('zone') === id
  return (
    <Button
      label={isOnly ? 'All zones' : 'Only this zone'}
      name={isOnly ? 'All zones' : `Only this zone, ${name}`}
      onPress={() => setQuery({ zone: isOnly ? undefined : id })}
    />
  )
}

function NoRecords({ zone: { id, account_id } }: { zone: Zone }) {
  const tunnel = tunnels.value.find(one => one.account_id === account_id)
  const record = tunnel
    ? { type: 'CNAME', name: 'app', content: `${tunnel.tunnel_id}.cfargotunnel.com`, proxied: true }
    : { type: 'A', name: 'app', content: '203.0.113.7', proxied: true }
  return (
    <Empty title="No records in this zone">
      <p>{tunnel ? 'Lead a hostname to a tunnel:' : 'Create the first one:'}</p>
      <Copyable text={curlOfSend('POST', `/zones/${id}/dns_records`, record)} label="as curl" />
    </Empty>
  )
}
