import type { AccessOverview } from '../../../schemas/control/access-overview.ts'
import { hasWords } from '../../data/find.ts'
import { info } from '../../data/store.ts'
import { millis, now } from '../../data/time.ts'
import { Copyable } from '../../parts/copy-menu.tsx'
import { dateOf, spanOf, visible } from '../../parts/format.ts'
import { Panel } from '../../parts/page.tsx'
import { Empty } from '../../parts/states.tsx'
import { curlOfSend } from '../tunnel/api-curl.ts'

interface ServiceTokensProps {
  readonly overview: AccessOverview
  readonly find: string
}

/** Without their ids of a client and their secrets: the console holds none. */
export function ServiceTokens({ overview, find }: ServiceTokensProps) {
  const { service_tokens } = overview
  const shown = service_tokens.filter(({ name, id }) => hasWords(find, name, id))
  return (
    <Panel label="Service tokens">
      {shown.length > 0 && (
        <ul class="lines in-two">
          {shown.map(token => (
            <TokenLine key={token.id} token={token} overview={overview} />
          ))}
        </ul>
      )}
      {service_tokens.length === 0 && (
        <Empty title="No service tokens yet">
          <p>A program shows a service token where a person would log in. Create one:</p>
          <Copyable
            text={curlOfSend('POST', `/accounts/${info.value?.account_id}/access/service_tokens`, {
              name: 'ci-deploy',
            })}
            label="as curl"
          />
        </Empty>
      )}
      {service_tokens.length > 0 && shown.length === 0 && <Empty title="No service token matches" />}
    </Panel>
  )
}

interface TokenLineProps {
  readonly token: AccessOverview['service_tokens'][number]
  readonly overview: AccessOverview
}

function TokenLine({ token: { id, name, duration, enabled, expires_at }, overview }: TokenLineProps) {
  const policies = overview.policies.filter(({ include, require, exclude }) =>
    [...include, ...require, ...exclude].some(({ values }) => values.includes(id)),
  )
  return (
    <li>
      <div>
        <span class="line-title">{visible(name)}</span> {!enabled && <span class="tag">disabled</span>}
        <p class="quiet-text facts-row">
          <Copyable text={id} label={`the id of ${visible(name)}`} />
        </p>
      </div>
      <div>
        <p>{expires_at === undefined ? 'does not expire' : <Expiry at={millis(expires_at)} />}</p>
        <p class="quiet-text facts-row">
          <span>duration {duration}</span>
          <span>
            {policies.length === 0
              ? 'no policy names it'
              : `policy ${policies.map(one => visible(one.name)).join(', ')}`}
          </span>
        </p>
      </div>
    </li>
  )
}

function Expiry({ at }: { at: number }) {
  const left = at - now.value
  return (
    <>
      <span class={left < 0 ? 'down' : ''}>{left < 0 ? 'expired' : 'expires'}</span> <time>{dateOf(at)}</time>,{' '}
      {left < 0 ? `${spanOf(left)} ago` : `in ${spanOf(left)}`}
    </>
  )
}
