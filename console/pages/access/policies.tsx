import type { AccessOverview, OverviewPolicy } from '../../../schemas/control/access-overview.ts'
import { hasWords } from '../../data/find.ts'
import { info } from '../../data/store.ts'
import { Copyable } from '../../parts/copy-menu.tsx'
import { visible } from '../../parts/format.ts'
import { Panel } from '../../parts/page.tsx'
import { Empty } from '../../parts/states.tsx'
import { curlOfSend } from '../tunnel/api-curl.ts'
import { PolicyRules } from './policy-rules.tsx'
import { tokenNames } from './token-names.ts'

interface PoliciesProps {
  readonly overview: AccessOverview
  readonly find: string
}

export function Policies({ overview, find }: PoliciesProps) {
  const { policies } = overview
  const shown = policies.filter(({ name, decision, include, require, exclude }) =>
    hasWords(
      find,
      name,
      decision,
      ...[...include, ...require, ...exclude].flatMap(({ selector, values }) => [selector, ...values]),
    ),
  )
  return (
    <Panel label="Policies">
      {shown.length > 0 && (
        <ul class="lines in-two">
          {shown.map(policy => (
            <PolicyLine key={policy.id} policy={policy} overview={overview} />
          ))}
        </ul>
      )}
      {policies.length === 0 && (
        <Empty title="No policies yet">
          <p>A policy says who may reach an application. Create a reusable one:</p>
          <Copyable
            text={curlOfSend('POST', `/accounts/${info.value?.account_id}/access/policies`, {
              name: 'Staff',
              decision: 'allow',
              include: [{ email_domain: { domain: 'example.com' } }],
            })}
            label="as curl"
          />
        </Empty>
      )}
      {policies.length > 0 && shown.length === 0 && <Empty title="No policy matches" />}
    </Panel>
  )
}

function PolicyLine({ policy, overview }: { policy: OverviewPolicy; overview: AccessOverview }) {
  const { id, name, decision, session_duration, app_id } = policy
  const apps = overview.applications.filter(app => app.policies.some(one => one.id === id))
  return (
    <li>
      <div>
        <p>
          <code class="decision">{decision}</code> <span class="line-title">{visible(name)}</span>
        </p>
        <PolicyRules policy={policy} nameOf={tokenNames(overview)} />
      </div>
      <div>
        <p>{apps.length === 0 ? 'no application has it' : apps.map(app => visible(app.name ?? app.id)).join(', ')}</p>
        <p class="quiet-text facts-row">
          <span>{app_id === null ? 'reusable' : 'of this application only'}</span>
          <span>session {session_duration}</span>
        </p>
      </div>
    </li>
  )
}
