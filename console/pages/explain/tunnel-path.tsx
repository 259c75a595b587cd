import type { TunnelExplanation } from '../../../schemas/control/explain.ts'
import type { OverviewTunnel } from '../../../schemas/control/overview.ts'
import { href } from '../../data/route.ts'
import { tunnelOf } from '../../data/store.ts'
import { visible } from '../../parts/format.ts'
import { Glyph, StatusWord } from '../../parts/status.tsx'
import { tabHref, versionHref } from '../tunnel/tabs.ts'
import { Station } from './station.tsx'

type Rule = NonNullable<OverviewTunnel['configuration']>['rules'][number]

/** From the tunnel to its service. Skipped rules stand above the one that matches, struck. */
export function TunnelPath({ path, why }: { path: TunnelExplanation; why: string }) {
  const { tunnel_id, tunnel_name, version, rule, skipped, serving, serving_why } = path
  const tunnel = tunnelOf(tunnel_id)
  const rules = tunnel?.configuration?.version === version ? tunnel.configuration.rules : []
  return (
    <>
      <Station reach="reached" name="Tunnel">
        <p class="station-main">
          {tunnel && <Glyph status={tunnel.status} />} <a href={href(['tunnels', tunnel_id])}>{visible(tunnel_name)}</a>{' '}
          {tunnel && <StatusWord status={tunnel.status} />}
        </p>
        <p class="quiet-text">{visible(why)}</p>
      </Station>
      {version !== null && (
        <Station reach="reached" name="Version">
          <p class="station-main">
            <a href={versionHref(tunnel_id, version)}>Version {version}</a>{' '}
            <span class="quiet-text">of its configuration, the latest</span>
          </p>
        </Station>
      )}
      {skipped.map(({ index, why: reason }) => (
        <Station key={index} reach="skipped" name={`Rule ${index + 1}`}>
          <p class="station-main">
            <s>{ruleInWords(rules[index])}</s>
          </p>
          <p class="quiet-text">{visible(reason)}</p>
        </Station>
      ))}
      {rule ? (
        <>
          <Station reach="reached" name={`Rule ${rule.index + 1}`}>
            <p class="station-main">{ruleInWords(rule)}</p>
            <p class="quiet-text">{visible(path.why)}</p>
          </Station>
          <Station reach={serving ? 'reached' : 'broken'} name={serving ? 'Service' : 'Not serving'} isEnd={serving}>
            <p class="station-main">
              <code>{rule.service === null ? 'no service' : visible(rule.service)}</code>
            </p>
            <p class={serving ? 'quiet-text' : 'down'}>{visible(serving_why)}</p>
            {!serving && <a href={tabHref(tunnel_id, 'connectors')}>Its connectors</a>}
          </Station>
        </>
      ) : (
        <Station reach="broken" name="No rule">
          <p class="station-main">{visible(path.why)}</p>
          <a href={tabHref(tunnel_id, 'routes')}>Its routes</a>
        </Station>
      )}
    </>
  )
}

function ruleInWords(rule: Rule | undefined): string {
  if (!rule) return 'rule'
  const { hostname, path } = rule
  const host = hostname ? visible(hostname) : 'any hostname'
  return path ? `${host}, path ${visible(path)}` : host
}
