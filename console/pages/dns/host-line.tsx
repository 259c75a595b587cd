import type { OverviewRecord } from '../../../schemas/control/dns-overview.ts'
import { href } from '../../data/route.ts'
import { nameOfTunnel, tunnelOf } from '../../data/store.ts'
import { visible } from '../../parts/format.ts'
import { Glyph, StatusWord } from '../../parts/status.tsx'
import { explainHref } from '../explain/explain-href.ts'
import { exampleUrl } from '../tunnel/example-url.ts'
import { type Host, isOfHost, partsOfName } from './hosts.ts'

/** Cloudflare's number for "automatic". */
const AUTOMATIC = 1

/** All records of one name. */
export function HostLine({ host, zone }: { host: Host; zone: string }) {
  const name = partsOfName(host.name, zone)
  return (
    <li class="host">
      <span class="host-name">
        <b>{visible(name.own)}</b>
        <span class="quiet-text">{name.zone}</span>
      </span>
      <ul>
        {host.records.map(record => (
          <RecordLine key={record.id} record={record} />
        ))}
      </ul>
      {host.records.some(isOfHost) && (
        <a class="button" data-row href={explainHref(exampleUrl({ hostname: host.name }))}>
          Explain<span class="off-screen"> {visible(host.name)}</span>
        </a>
      )}
    </li>
  )
}

function RecordLine({ record }: { record: OverviewRecord }) {
  const { type, comment, tags, ttl, proxied, tunnel } = record
  return (
    <li class="dns-record">
      <span class="record-type">{type}</span>
      <div class="record-target">
        <Target record={record} />
        {(comment || tags.length > 0) && (
          <p class="quiet-text record-note">
            {comment && visible(comment)}
            {tags.map(tag => (
              <span key={tag} class="tag">
                {visible(tag)}
              </span>
            ))}
          </p>
        )}
      </div>
      <span class="record-fact">
        {isOfHost(record) && (
          <span class={tunnel && !proxied ? 'degraded' : 'quiet-text'}>{proxied ? 'proxied' : 'not proxied'}</span>
        )}
      </span>
      <span class="record-fact quiet-text">
        <span class="record-label">TTL </span>
        {ttl === AUTOMATIC ? 'automatic' : `${ttl.toLocaleString('en')} s`}
      </span>
    </li>
  )
}

/** A record for a tunnel shows the tunnel first. */
function Target({ record: { content, priority, tunnel, proxied } }: { record: OverviewRecord }) {
  if (!tunnel) {
    return (
      <code class="record-content">
        {visible(content)}
        {priority !== null && <span class="quiet-text"> priority {priority}</span>}
      </code>
    )
  }
  const known = tunnel.problem === null ? tunnelOf(tunnel.tunnel_id) : undefined
  return (
    <>
      {tunnel.problem === null ? (
        <p class="record-tunnel">
          {known && <Glyph status={known.status} />}
          <a href={href(['tunnels', tunnel.tunnel_id])}>{visible(nameOfTunnel(tunnel.tunnel_id))}</a>
          {known && <StatusWord status={known.status} />}
        </p>
      ) : (
        <p class="record-tunnel down">
          <Glyph status="down" />
          <b>Leads nowhere:</b> <span>{visible(tunnel.problem)}</span>
        </p>
      )}
      <code class="record-content quiet-text cut">{visible(content)}</code>
      {tunnel.problem !== null && <p class="record-note">Delete the record, or point it at another tunnel.</p>}
      {tunnel.problem === null && !proxied && (
        <p class="record-note degraded">It does not lead to the tunnel until you set proxied to true.</p>
      )}
    </>
  )
}
