/** Hostnames of configurations that DNS does not lead to their tunnel. */
import type { Finding } from '../../../schemas/control/lint.ts'
import { href } from '../../data/route.ts'
import { nameOfTunnel, tunnelOf } from '../../data/store.ts'
import { Copyable } from '../../parts/copy-menu.tsx'
import { count, visible } from '../../parts/format.ts'
import { Panel } from '../../parts/page.tsx'
import { Glyph } from '../../parts/status.tsx'
import { explainHref } from '../explain/explain-href.ts'
import { curlOfSend } from '../tunnel/api-curl.ts'
import { exampleUrl } from '../tunnel/example-url.ts'
import { isOfHost, type Zone, zoneOf } from './hosts.ts'

interface MissingHostsProps {
  readonly findings: readonly Finding[]
  readonly zones: readonly Zone[]
}

export function MissingHosts({ findings, zones }: MissingHostsProps) {
  if (findings.length === 0) return null
  return (
    <Panel title={`${count(findings.length, 'hostname')} without a record`}>
      <ul class="lines">
        {findings.map(finding => (
          <MissingHost key={`${finding.id} ${finding.name}`} finding={finding} zones={zones} />
        ))}
      </ul>
    </Panel>
  )
}

function MissingHost({ finding, zones }: { finding: Finding; zones: readonly Zone[] }) {
  const { id: tunnel_id, name: hostname = '', message } = finding
  const tunnel = tunnelOf(tunnel_id)
  const zone = zoneOf(hostname, zones)
  return (
    <li>
      <div class="line-text">
        <p class="record-tunnel">
          <span class="line-title">{visible(hostname)}</span>
          <span class="quiet-text">of</span>
          {tunnel && <Glyph status={tunnel.status} />}
          <a href={href(['tunnels', tunnel_id])}>{visible(nameOfTunnel(tunnel_id))}</a>
        </p>
        <p class="quiet-text record-note">{visible(whyOf(message))}</p>
        {zone && (
          <p class="one-line">
            <Copyable text={routeCommand(hostname, tunnel_id, zone)} label={`the command for ${visible(hostname)}`} />
          </p>
        )}
      </div>
      <div class="line-actions">
        <a class="button" data-row href={explainHref(exampleUrl({ hostname }), tunnel)}>
          Explain<span class="off-screen"> {visible(hostname)}</span>
        </a>
      </div>
    </li>
  )
}

/** The heading says that a record is needed, so only the reason is left of the message. */
function whyOf(message: string): string {
  return message.split('.cfargotunnel.com: ')[1] ?? message
}

/** What `cloudflared tunnel route dns` sends. It replaces a record that leads elsewhere. */
function routeCommand(hostname: string, tunnel_id: string, { id, records }: Zone): string {
  const hasRecord = records.some(record => record.name === hostname && isOfHost(record))
  return curlOfSend('PUT', `/zones/${id}/tunnels/${tunnel_id}/routes`, {
    type: 'dns',
    user_hostname: hostname,
    ...(hasRecord && { overwrite_existing: true }),
  })
}
