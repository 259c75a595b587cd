import type { DnsPath, Explanation, MissingLink } from '../../../schemas/control/explain.ts'
import { href } from '../../data/route.ts'
import { visible } from '../../parts/format.ts'
import { Panel } from '../../parts/page.tsx'
import { Station } from './station.tsx'
import { TunnelPath } from './tunnel-path.tsx'

const MISSING: Readonly<Record<MissingLink, string>> = {
  'no-dns-record': 'No DNS record',
  'not-proxied': 'Not proxied',
  'no-route': 'No tunnel there',
}

/** The way of a request from its URL to the service, drawn as one cable. */
export function ExplainedPath({ explanation }: { explanation: Explanation }) {
  const { url, hostname, path, dns, tunnels, why } = explanation
  const [first, ...others] = tunnels
  return (
    <>
      <Panel label="The path of the request">
        <ol class="path">
          <Station reach="reached" name="URL">
            <p class="station-main">{visible(url)}</p>
            <p class="quiet-text">
              hostname <code>{visible(hostname)}</code>, path <code>{visible(path)}</code>
            </p>
          </Station>
          <Dns dns={dns} hasTunnel={first !== undefined} why={why} />
          {first ? <TunnelPath path={first} why={why} /> : <Unreached />}
        </ol>
      </Panel>
      {others.map(other => (
        <Panel key={other.tunnel_id} label={`The path through ${visible(other.tunnel_name)}`}>
          <ol class="path">
            <TunnelPath path={other} why="This tunnel has a rule for the host too." />
          </ol>
        </Panel>
      ))}
    </>
  )
}

interface DnsProps {
  readonly dns: DnsPath | null
  readonly hasTunnel: boolean
  readonly why: string
}

function Dns({ dns, hasTunnel, why }: DnsProps) {
  if (!dns) {
    return (
      <>
        <Station reach="skipped" name="DNS">
          <p class="quiet-text">The hostname is in no zone with records, so DNS does not decide.</p>
        </Station>
        {!hasTunnel && <Broken name="No tunnel" why={why} />}
      </>
    )
  }
  return (
    <>
      {dns.records.map(record => (
        <Station key={record.id} reach="reached" name={`${record.type} record`}>
          <p class="station-main">{visible(record.name)}</p>
          <p class="quiet-text">
            to <code>{visible(record.content)}</code>
          </p>
          <p class="quiet-text">
            {record.proxied ? 'proxied' : 'not proxied'}, in zone{' '}
            <a href={href(['dns'], { zone: dns.zone_id })}>{visible(dns.zone_name)}</a>
          </p>
        </Station>
      ))}
      {dns.missing_link !== null && <Broken name={MISSING[dns.missing_link]} why={why} zone={dns.zone_id} />}
    </>
  )
}

/** The missing link, with where to look for it. */
function Broken({ name, why, zone }: { name: string; why: string; zone?: string }) {
  return (
    <Station reach="broken" name={name}>
      <p class="station-main">{visible(why)}</p>
      <p class="row">
        <a href={href(['dns'], { zone })}>DNS records</a>
        <a href={href(['lint'])}>What does not fit together</a>
      </p>
    </Station>
  )
}

function Unreached() {
  return (
    <Station reach="unreached" name="Not reached">
      <p class="quiet-text">tunnel, version, rule, service</p>
    </Station>
  )
}
