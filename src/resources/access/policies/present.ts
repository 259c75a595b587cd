import type { AccessAppPolicy, AccessPolicy, AccessPolicyRecord } from '../../../../schemas/access-policy.ts'

/** A reusable policy with the keys of a recorded one (recorded: access_policy_values). */
export function presentPolicy(policy: AccessPolicyRecord, app_count: number): AccessPolicy {
  const { id, settings, created_at, updated_at } = policy
  return { id, uid: id, reusable: true, app_count, ...settings, created_at, updated_at }
}

/** A policy in its application, which shows all of it (recorded: access_app_policies). */
export function presentAppPolicy(policy: AccessPolicyRecord, precedence: number): AccessAppPolicy {
  const { id, app_id, settings, created_at, updated_at } = policy
  return { id, uid: id, reusable: app_id === null, precedence, ...settings, created_at, updated_at }
}
