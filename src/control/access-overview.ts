import type { AccessAppRecord } from '../../schemas/access-application.ts'
import type { AccessPolicyRecord } from '../../schemas/access-policy.ts'
import type { OverviewApplication, OverviewPolicy, PolicyRule } from '../../schemas/control/access-overview.ts'
import type { Result } from '../../schemas/control/control.ts'
import { isObject } from '../../schemas/is-object.ts'
import { redacted, redactedText, redactedUnder } from '../gateway/redaction.ts'
import { policiesOf } from '../resources/access/applications/policies.ts'
import { appsOf } from '../resources/access/applications/store.ts'
import { countApps, policiesIn } from '../resources/access/policies/store.ts'
import { accountsWithAccess } from '../resources/access/seed.ts'
import { presentToken } from '../resources/access/service-tokens/present.ts'
import { tokensOf } from '../resources/access/service-tokens/store.ts'
import { tagsOf } from '../resources/access/tags/store.ts'
import type { Database } from '../store/database.ts'
import type { Context } from './context.ts'

type AccessOverview = Result<'getAccessOverview'>

export function getAccessOverview({ world }: Context): AccessOverview {
  const { db, events } = world
  world.now()
  const accounts = accountsWithAccess(db)
  return {
    event_id: events.lastId(),
    applications: accounts.flatMap(id => appsOf(db, id)).map(app => withoutSecrets(applicationOf(db, app))),
    policies: accounts.flatMap(id => policiesIn(db, id)).map(policy => withoutSecrets(policyOf(db, policy))),
    service_tokens: accounts.flatMap(account_id =>
      tokensOf(db, account_id)
        .map(presentToken)
        .map(({ client_id, ...token }) => withoutSecrets({ account_id, ...token })),
    ),
    tags: accounts.flatMap(account_id => {
      const apps = appsOf(db, account_id)
      const countOf = (name: string) => apps.filter(({ settings }) => settings.tags?.includes(name)).length
      return tagsOf(db, account_id).map(tag => withoutSecrets({ ...tag, app_count: countOf(tag.name) }))
    }),
  }
}

/** Users choose names, domains, tags and rules, and may have put a secret into them. */
function withoutSecrets<T extends object>(object: T): T {
  return redacted(object) as T
}

function applicationOf(db: Database, app: AccessAppRecord): OverviewApplication {
  const { id, account_id, settings, created_at, updated_at } = app
  const { name = null, type, domain = null, destinations = [], session_duration = null, tags = [] } = settings
  return {
    account_id,
    id,
    name,
    type,
    domain,
    destinations: destinations.flatMap(({ uri }) => uri ?? []),
    session_duration,
    tags,
    policies: policiesOf(db, app).map(({ id, name, decision, precedence }) => ({ id, name, decision, precedence })),
    created_at,
    updated_at,
  }
}

function policyOf(db: Database, policy: AccessPolicyRecord): OverviewPolicy {
  const { id, account_id, app_id, settings, created_at, updated_at } = policy
  const { name, decision, session_duration, include, exclude, require } = settings
  return {
    account_id,
    id,
    name,
    decision,
    session_duration,
    include: include.map(ruleOf),
    exclude: exclude.map(ruleOf),
    require: require.map(ruleOf),
    app_id,
    app_count: countApps(db, id),
    created_at,
    updated_at,
  }
}

/** A rule is an object with one selector, such as `{ email: { email: 'me@example.com' } }`. */
function ruleOf(rule: object): PolicyRule {
  const [[selector, details] = ['', {}]] = Object.entries(rule)
  const values = isObject(details) ? Object.entries(details).map(([key, value]) => textOf(key, value)) : []
  return { selector, values }
}

/** The id of a service token is not secret, unlike anything else with such a name. */
function textOf(key: string, value: unknown): string {
  const shown = key === 'token_id' ? redacted(value) : redactedUnder(key, value)
  return typeof shown === 'string' ? redactedText(shown) : JSON.stringify(shown)
}
