import type { Behaviours } from '../../evidence/types.ts'
import { APPS_EVIDENCE } from './applications/evidence.ts'
import { ACCESS_OPERATIONS } from './operation-ids.ts'
import { POLICIES_EVIDENCE } from './policies/evidence.ts'
import { TOKENS_EVIDENCE } from './service-tokens/evidence.ts'
import { RECORDINGS, REFERENCE } from './sources.ts'
import { TAGS_EVIDENCE } from './tags/evidence.ts'

const { list_apps, create_app, get_app, update_app, delete_app } = ACCESS_OPERATIONS
const { list_policies, create_policy, get_policy, update_policy, delete_policy } = ACCESS_OPERATIONS
const { list_tags, create_tag, get_tag, update_tag, delete_tag } = ACCESS_OPERATIONS
const { list_tokens, create_token, get_token, update_token, delete_token, rotate_token, refresh_token } =
  ACCESS_OPERATIONS

const LISTS = [list_apps, list_policies, list_tags, list_tokens]
const ALL = Object.values(ACCESS_OPERATIONS)

/** Behaviours of more than one kind of object. */
const SHARED = {
  access_key_order: {
    operations: ALL,
    statement: 'Access puts `result` first, also in errors, and its lists have `total_pages`.',
    evidence: 'recorded',
    source: `DockFlare#217 for an error; ${RECORDINGS}`,
  },
  access_statuses: {
    operations: [create_app, create_policy, create_tag, create_token, delete_app, delete_policy, delete_tag],
    statement: 'A create is 201 and a delete 202, but the delete of a service token is 200.',
    evidence: 'documented',
    source: REFERENCE,
  },
  access_times: {
    operations: ALL,
    statement: 'Times are in whole seconds, without a fraction.',
    evidence: 'recorded',
    source: RECORDINGS,
  },
  access_permission_groups: {
    operations: ALL,
    statement:
      'Applications, policies and tags require `Access: Apps and Policies Read` or `Write`, service tokens `Access: Service Tokens Read` or `Write`.',
    evidence: 'documented',
    source: REFERENCE,
  },
  access_not_found_elsewhere: {
    operations: [
      ...[get_app, update_app, delete_app, get_policy, delete_policy, get_tag, update_tag, delete_tag],
      ...[get_token, update_token, delete_token, rotate_token, refresh_token],
    ],
    statement: 'Other unknown objects have the error of an unknown policy.',
    evidence: 'inferred',
    source: 'recorded for the update of a policy and for identity providers',
    usedInError: ({ error }) => error === 'access_not_found',
  },
  access_list_order: {
    operations: LISTS,
    statement: 'Lists are in the order of creation, oldest first.',
    evidence: 'inferred',
    source: `${RECORDINGS}: two service tokens and two tags`,
    usedIn: ({ items }) => items.length > 1,
  },
  access_page_size: {
    operations: LISTS,
    statement: 'Without `per_page` a page has 1000 applications or service tokens, 100 policies or 50 tags.',
    evidence: 'recorded',
    source: RECORDINGS,
  },
  access_optional_fields: {
    operations: [list_apps, create_app, get_app, update_app, list_policies, create_policy, get_policy, update_policy],
    statement: 'Other documented fields are in a response if a request set them.',
    evidence: 'documented',
    source: REFERENCE,
  },
  access_put_replaces: {
    operations: [update_app, update_policy],
    statement: 'An update replaces what it leaves out by defaults, but keeps `id`, `aud` and `created_at`.',
    evidence: 'documented',
    source: REFERENCE,
  },
  access_filter_case: {
    operations: [list_apps, list_tokens],
    statement: 'Filters for parts of a text ignore case.',
    evidence: 'assumed',
    source: 'no source',
    usedIn: ({ query }) => [query.name, query.domain, query.search].some(text => /[A-Z]/.test(String(text ?? ''))),
  },
  access_durations: {
    operations: [create_app, update_app, create_policy, update_policy, create_token, update_token],
    statement: 'A duration is such as `300ms` or `2h45m`.',
    evidence: 'documented',
    source: REFERENCE,
  },
} as const satisfies Behaviours

/** Behaviours of Access. */
export const ACCESS = {
  ...SHARED,
  ...APPS_EVIDENCE,
  ...POLICIES_EVIDENCE,
  ...TAGS_EVIDENCE,
  ...TOKENS_EVIDENCE,
}
