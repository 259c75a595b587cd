import type { FastifyRequest } from 'fastify'
import type { AccessAppRecord } from '../../../../schemas/access-application.ts'
import type { AccessAppPolicy, AccessPolicyRecord, AccessPolicyReference } from '../../../../schemas/access-policy.ts'
import { throwApiError } from '../../../gateway/api-error.ts'
import type { Database } from '../../../store/database.ts'
import { ACCESS_ERRORS } from '../errors.ts'
import { presentAppPolicy } from '../policies/present.ts'
import { type NamedPolicy, namedPoliciesOf, policySettingsOf } from '../policies/rules.ts'
import { deleteUnusedOwnPolicies, findPolicy, linksOf, replaceLinks, savePolicy } from '../policies/store.ts'
import { inSeconds } from '../seconds.ts'

/** The policies of an application, by precedence. */
export function policiesOf(db: Database, { id, account_id }: AccessAppRecord): AccessAppPolicy[] {
  return linksOf(db, id).flatMap(({ policy_id, precedence }) => {
    const policy = findPolicy(db, account_id, policy_id)
    return policy ? [presentAppPolicy(policy, precedence)] : []
  })
}

/**
 * Gives an application the policies that a request names, and deletes those of its own that it no
 * longer has (inferred: access_own_policies). All are reusable or none is
 * (inferred: access_policies_mixed).
 */
export function setPolicies(
  request: Pick<FastifyRequest, 'world' | 'moment'>,
  app: AccessAppRecord,
  references: readonly AccessPolicyReference[],
): void {
  const { db } = request.world
  const policies = namedPoliciesOf(references).map(named => ({ ...named, policy: policyOf(request, app, named) }))
  if (new Set(policies.map(({ policy }) => policy.app_id)).size > 1) throwApiError(ACCESS_ERRORS.access_policies_mixed)

  replaceLinks(
    db,
    app.id,
    policies.map(({ policy, precedence }) => ({ app_id: app.id, policy_id: policy.id, precedence })),
  )
  deleteUnusedOwnPolicies(db, app.id)
}

/** The content of a policy with an id changes it only if the application owns it. */
function policyOf(
  { world, moment }: Pick<FastifyRequest, 'world' | 'moment'>,
  { id: app_id, account_id }: AccessAppRecord,
  { id, content }: NamedPolicy,
): AccessPolicyRecord {
  const { db, ids } = world
  const found = id === undefined ? undefined : findPolicy(db, account_id, id)
  const isUsable = found && (found.app_id === null || found.app_id === app_id)
  if (id !== undefined && !isUsable) throwApiError(ACCESS_ERRORS.access_policy_unknown, id)
  if (found && (found.app_id === null || !content)) return found
  if (!content) return throwApiError(ACCESS_ERRORS.access_policy_unknown)

  const now = inSeconds(moment.now)
  const policy = {
    ...(found ?? { id: ids.uuid(), account_id, app_id, created_at: now }),
    settings: policySettingsOf(content),
    updated_at: now,
  }
  savePolicy(db, policy)
  return policy
}
