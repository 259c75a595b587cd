import { type Behaviours, hasItems } from '../../../evidence/types.ts'
import { ACCESS_OPERATIONS } from '../operation-ids.ts'
import { RECORDINGS } from '../sources.ts'

const { list_policies, create_policy, get_policy, update_policy, delete_policy } = ACCESS_OPERATIONS

const POLICIES = [list_policies, create_policy, get_policy, update_policy]

/** Behaviours of reusable policies. */
export const POLICIES_EVIDENCE = {
  access_policy_values: {
    operations: POLICIES,
    statement: 'A policy has the keys and defaults of a recorded one, with a session of 24 hours.',
    evidence: 'recorded',
    source: RECORDINGS,
    usedIn: hasItems,
  },
  access_app_count: {
    operations: POLICIES,
    statement: '`app_count` counts the applications that use a policy.',
    evidence: 'recorded',
    source: 'terraform-provider-cloudflare#5495, 2025',
  },
  access_own_policy_hidden: {
    operations: [list_policies, get_policy, update_policy, delete_policy],
    statement: 'Policies that belong to an application alone are not among the reusable ones.',
    evidence: 'recorded',
    source: 'a public script that updates policies of applications there gets the error for an unknown one',
  },
} as const satisfies Behaviours
