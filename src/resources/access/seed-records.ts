import type { AccessAppRecord } from '../../../schemas/access-application.ts'
import type { AccessPolicyRecord } from '../../../schemas/access-policy.ts'
import type { AccessServiceTokenRecord } from '../../../schemas/access-service-token.ts'
import type { AccessTagRecord } from '../../../schemas/access-tag.ts'
import type {
  StateAccessApp,
  StateAccessPolicy,
  StateAccessServiceToken,
  StateAccessTag,
} from '../../../schemas/state-access.ts'
import { normalised, seedTimeOf } from '../../../schemas/time.ts'
import type { SectionContext } from '../../worlds/state-format.ts'
import { appSettingsOf } from './applications/rules.ts'
import { namedPoliciesOf, policySettingsOf } from './policies/rules.ts'
import type { PolicyLink } from './policies/store.ts'
import { inSeconds } from './seconds.ts'
import { createToken } from './service-tokens/rules.ts'

/** A record whose account is known when it is written. */
export type Seeded<Record extends { account_id: string }> = Omit<Record, 'account_id'>

interface Times {
  readonly created_at?: string
  readonly updated_at?: string
}

function timesOf({ created_at, updated_at }: Times, { now }: SectionContext) {
  const created = created_at === undefined ? now : seedTimeOf(created_at, now)
  const updated = updated_at === undefined ? created : seedTimeOf(updated_at, now)
  return { created_at: inSeconds(created), updated_at: inSeconds(updated) }
}

export interface SeededApp {
  readonly app: Seeded<AccessAppRecord>
  readonly links: readonly PolicyLink[]
}

export function appRecordOf(state: StateAccessApp, context: SectionContext): SeededApp {
  const { id = context.uuid(), aud = hexOf(context.secret()), policies = [] } = state
  const app_id = id.toLowerCase()
  const settings = appSettingsOf({ ...state, type: state.type ?? 'self_hosted' })
  return {
    app: { id: app_id, aud, settings, ...timesOf(state, context) },
    links: namedPoliciesOf(policies).map(({ id: policy_id = '', precedence }) => ({ app_id, policy_id, precedence })),
  }
}

export function policyRecordOf(state: StateAccessPolicy, context: SectionContext): Seeded<AccessPolicyRecord> {
  const { id = context.uuid(), app_id = null } = state
  return {
    id: id.toLowerCase(),
    app_id: app_id?.toLowerCase() ?? null,
    settings: policySettingsOf(state),
    ...timesOf(state, context),
  }
}

export function tagRecordOf(state: StateAccessTag, context: SectionContext): Seeded<AccessTagRecord> {
  return { name: state.name, ...timesOf(state, context) }
}

export function tokenRecordOf(
  state: StateAccessServiceToken,
  context: SectionContext,
): Seeded<AccessServiceTokenRecord> {
  const identity = {
    id: state.id?.toLowerCase() ?? context.uuid(),
    client_id: state.client_id ?? `${hexOf(context.secret()).slice(0, 32)}.access`,
    client_secret: state.client_secret ?? hexOf(context.secret()),
  }
  const times = timesOf(state, context)
  const { account_id, ...token } = createToken('', state, identity, normalised(times.created_at))
  const { expires_at } = state
  return {
    ...token,
    ...times,
    ...(expires_at !== undefined && { expires_at: expires_at && inSeconds(normalised(expires_at)) }),
  }
}

function hexOf(base64: string): string {
  return Buffer.from(base64, 'base64').toString('hex')
}
