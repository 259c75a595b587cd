import type { ConfigurationVersion } from '../../../schemas/control/configuration.ts'
import type { OverviewTunnel } from '../../../schemas/control/overview.ts'
import { count, visible } from '../../parts/format.ts'
import { Panel } from '../../parts/page.tsx'
import { Loaded } from '../../parts/states.tsx'
import { explainHref } from '../explain/explain-href.ts'
import { exampleUrl, type RouteRule } from './example-url.ts'
import { NoConfiguration } from './no-configuration.tsx'
import { versionHref } from './tabs.ts'
import { useVersions } from './use-versions.ts'

/** The rules of the latest version in their order: the first match wins. */
export function Routes({ tunnel }: { tunnel: OverviewTunnel }) {
  const versions = useVersions(tunnel)
  return (
    <Loaded resource={versions}>
      {all => {
        const latest = all.at(-1)
        return latest ? <Rules tunnel={tunnel} latest={latest} /> : <NoConfiguration tunnel={tunnel} />
      }}
    </Loaded>
  )
}

function Rules({ tunnel, latest }: { tunnel: OverviewTunnel; latest: ConfigurationVersion }) {
  const rules = (latest.config.ingress ?? []) as readonly RouteRule[]
  return (
    <Panel
      title={
        <>
          {count(rules.length, 'rule')} of{' '}
          <a href={versionHref(tunnel.tunnel_id, latest.version)}>version {latest.version}</a>
        </>
      }
      actions={<span class="quiet-text">The first rule that matches serves the request.</span>}
    >
      {rules.length === 0 ? (
        <p>This version has no rule, so cloudflared answers every request with 503.</p>
      ) : (
        <ol class="rules">
          {rules.map((rule, index) => (
            <li key={index}>
              <RuleLine tunnel={tunnel} rules={rules} rule={rule} index={index} />
            </li>
          ))}
        </ol>
      )}
    </Panel>
  )
}

interface RuleLineProps {
  readonly tunnel: OverviewTunnel
  readonly rules: readonly RouteRule[]
  readonly rule: RouteRule
  readonly index: number
}

function RuleLine({ tunnel, rules, rule, index }: RuleLineProps) {
  const { hostname, path, service, originRequest } = rule
  const settings = Object.entries(Object(originRequest))
  const isCatchAll = !hostname && !path
  const url = exampleUrl(rule, rules)
  return (
    <>
      <span class="rule-number">{index + 1}</span>
      <span class="rule-match">
        {isCatchAll ? <span class="side-note">catch-all</span> : <b>{hostname ? visible(hostname) : 'any hostname'}</b>}
        {path && <code> {visible(path)}</code>}
        {settings.length > 0 && (
          <span class="rule-settings">
            {settings.map(([name, value]) => `${name} ${JSON.stringify(value)}`).join(', ')}
          </span>
        )}
      </span>
      <code class="rule-service">{service === undefined ? 'no service' : visible(service)}</code>
      <a class="button" data-row href={explainHref(url, tunnel)}>
        Explain<span class="off-screen"> rule {index + 1}</span>
      </a>
    </>
  )
}
