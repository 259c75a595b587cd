import { type Behaviours, type Exchange, hasItems } from '../../../evidence/types.ts'
import { ACCESS_OPERATIONS } from '../operation-ids.ts'
import { RECORDINGS, REFERENCE } from '../sources.ts'

const { list_apps, create_app, get_app, update_app, delete_app } = ACCESS_OPERATIONS

const APPS = [list_apps, create_app, get_app, update_app]

/** Behaviours of applications. */
export const APPS_EVIDENCE = {
  access_app_values: {
    operations: APPS,
    statement: 'An application has the keys of a recorded one; `uid` is its `id`.',
    evidence: 'recorded',
    source: RECORDINGS,
    usedIn: hasItems,
  },
  access_app_defaults: {
    operations: [create_app, update_app],
    statement: 'A self-hosted application has a session of 24 hours, is in the App Launcher, and so on.',
    evidence: 'recorded',
    source: RECORDINGS,
    usedIn: ({ body }) => body.type === 'self_hosted',
  },
  access_app_defaults_elsewhere: {
    operations: [create_app, update_app],
    statement: 'Other types have the same defaults, for the fields that are documented for them.',
    evidence: 'inferred',
    source: `${REFERENCE}, and the recorded defaults of self_hosted`,
    usedIn: ({ body }) => body.type !== 'self_hosted',
  },
  access_put_keeps_policies: {
    operations: [update_app],
    statement: 'An update of an application without `policies` keeps its policies.',
    evidence: 'inferred',
    source:
      'terraform-provider-cloudflare#3469, 2024: only an empty list removed them; older versions managed them on their own',
    usedIn: ({ body, items }) => body.policies === undefined && items.some(({ policies }) => hasEntries(policies)),
  },
  access_destinations: {
    operations: [create_app, update_app],
    statement: '`destinations` override `self_hosted_domains`, and these override `domain`.',
    evidence: 'documented',
    source: REFERENCE,
  },
  access_domain_default: {
    operations: [create_app, update_app],
    statement: 'Without `domain`, it is the first public destination.',
    evidence: 'inferred',
    source: 'a domain must be among the destinations, recorded as an error',
    usedIn: ({ body, items }) => body.domain === undefined && items.some(({ domain }) => domain !== undefined),
  },
  access_default_zone: {
    operations: [create_app, update_app],
    statement: 'Unless a seed has zones, hostnames in `example.com` belong to every account.',
    evidence: 'assumed',
    source: 'our choice, so that programs with their own account work',
    isNoted: true,
  },
  access_policy_forms: {
    operations: [create_app, update_app],
    statement:
      'Policies of an application are ids in order, links with a precedence, or new policies of the application alone.',
    evidence: 'documented',
    source: REFERENCE,
  },
  access_app_policies: {
    operations: APPS,
    statement: 'An application has its complete policies, with their precedence.',
    evidence: 'recorded',
    source: 'terraform-provider-cloudflare#5499, 2025',
  },
  access_own_policies: {
    operations: [create_app, update_app, delete_app],
    statement: 'Policies that belong to an application alone end with their use.',
    evidence: 'inferred',
    source: `${REFERENCE}: they are exclusive to the application`,
    usedIn: usesOwnPolicies,
  },
  access_filter_exact: {
    operations: [list_apps],
    statement: '`name` and `domain` find parts of the text; with `exact` the whole text.',
    evidence: 'documented',
    source: REFERENCE,
  },
} as const satisfies Behaviours

function usesOwnPolicies({ items }: Exchange): boolean {
  return items.some(({ policies }) => JSON.stringify(policies ?? []).includes('"reusable":false'))
}

function hasEntries(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0
}
