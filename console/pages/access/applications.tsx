import type { AccessOverview, OverviewApplication } from '../../../schemas/control/access-overview.ts'
import { hasWords } from '../../data/find.ts'
import { href, query, setQuery } from '../../data/route.ts'
import { info, tunnels } from '../../data/store.ts'
import { Button } from '../../parts/button.tsx'
import { Chips } from '../../parts/chips.tsx'
import { Copyable } from '../../parts/copy-menu.tsx'
import { visible } from '../../parts/format.ts'
import { Panel } from '../../parts/page.tsx'
import { Empty } from '../../parts/states.tsx'
import { Glyph } from '../../parts/status.tsx'
import { explainHref } from '../explain/explain-href.ts'
import { curlOfSend } from '../tunnel/api-curl.ts'
import { exampleUrl } from '../tunnel/example-url.ts'
import { PolicyRules } from './policy-rules.tsx'
import { hostnameOf } from './rule-words.ts'
import { tokenNames } from './token-names.ts'

interface ApplicationsProps {
  readonly overview: AccessOverview
  readonly find: string
}

export function Applications({ overview, find }: ApplicationsProps) {
  const { applications, tags } = overview
  const tag = query.value.get('tag') ?? undefined
  const found = applications.filter(({ name, domain, destinations, policies, tags: own }) =>
    hasWords(find, name, domain, ...destinations, ...policies.map(policy => policy.name), ...own),
  )
  const shown = found.filter(({ tags: own }) => tag === undefined || own.includes(tag))
  return (
    <Panel label="Applications">
      {(tags.length > 0 || tag !== undefined) && (
        <div class="access-tags">
          <Chips
            label="Tag"
            value={tag ?? ''}
            onChoose={value => setQuery({ tag: value || undefined })}
            choices={[
              { value: '', label: 'All', count: found.length },
              ...[...new Set([...tags.map(({ name }) => name), ...(tag === undefined ? [] : [tag])])].map(name => ({
                value: name,
                label: visible(name),
                count: found.filter(app => app.tags.includes(name)).length,
              })),
            ]}
          />
        </div>
      )}
      {shown.length > 0 && (
        <ul class="lines in-two">
          {shown.map(application => (
            <ApplicationLine key={application.id} application={application} overview={overview} />
          ))}
        </ul>
      )}
      {applications.length === 0 && <NoApplications />}
      {applications.length > 0 && shown.length === 0 && (
        <Empty title="No application matches">
          <Button label="Show all applications" onPress={() => setQuery({ find: undefined, tag: undefined })} />
        </Empty>
      )}
    </Panel>
  )
}

interface ApplicationLineProps {
  readonly application: OverviewApplication
  readonly overview: AccessOverview
}

function ApplicationLine({ application, overview }: ApplicationLineProps) {
  const { name, type, destinations, session_duration, tags, policies } = application
  return (
    <li>
      <div>
        <p>
          <span class="line-title">{name === null ? 'without a name' : visible(name)}</span>{' '}
          <span class="tag">{type.replaceAll('_', '-')}</span>
        </p>
        <ul>
          {destinations.map(destination => (
            <Destination key={destination} destination={destination} />
          ))}
        </ul>
        <p class="quiet-text facts-row">
          {session_duration !== null && <span>session {session_duration}</span>}
          {tags.length > 0 && <span>tagged {tags.map(visible).join(', ')}</span>}
        </p>
      </div>
      {policies.length === 0 ? (
        <p class="quiet-text">It has no policy yet.</p>
      ) : (
        <ol class="app-policies">
          {policies.map(({ id, name: policyName, decision, precedence }) => {
            const policy = overview.policies.find(one => one.id === id)
            return (
              <li key={id}>
                <span class="rule-number">{precedence}</span>
                <div>
                  <p>
                    <code class="decision">{decision}</code> <b>{visible(policyName)}</b>
                  </p>
                  {policy && <PolicyRules policy={policy} nameOf={tokenNames(overview)} />}
                </div>
              </li>
            )
          })}
        </ol>
      )}
    </li>
  )
}

/** A hostname that it protects, with the tunnel whose configuration has it. */
function Destination({ destination }: { destination: string }) {
  const hostname = hostnameOf(destination)
  const tunnel = tunnels.value.find(({ hostnames }) => hostnames.includes(hostname))
  return (
    <li class="destination">
      <a data-row href={explainHref(exampleUrl({ hostname }))} aria-label={`Explain ${visible(destination)}`}>
        {visible(destination)}
      </a>
      {tunnel && (
        <span class="quiet-text">
          of <Glyph status={tunnel.status} size={12} />{' '}
          <a href={href(['tunnels', tunnel.tunnel_id])}>{visible(tunnel.name)}</a>
        </span>
      )}
    </li>
  )
}

function NoApplications() {
  return (
    <Empty title="No Access applications yet">
      <p>An application protects a hostname with policies. Create one:</p>
      <Copyable
        text={curlOfSend('POST', `/accounts/${info.value?.account_id}/access/apps`, {
          type: 'self_hosted',
          name: 'Wiki',
          domain: 'wiki.example.com',
          policies: [{ name: 'Staff', decision: 'allow', include: [{ email_domain: { domain: 'example.com' } }] }],
        })}
        label="as curl"
      />
    </Empty>
  )
}
