import type { Resource } from '../resource.ts'
import { appRoutes } from './applications/routes.ts'
import { APP_TABLE } from './applications/store.ts'
import { ACCESS_ERRORS } from './errors.ts'
import { ACCESS } from './evidence.ts'
import { ACCESS_PERMISSION_GROUPS } from './permissions.ts'
import { policyRoutes } from './policies/routes.ts'
import { POLICY_TABLE } from './policies/store.ts'
import { ACCESS_SECTION, lastAccessChange } from './seed.ts'
import { renewalRoutes } from './service-tokens/renewal-routes.ts'
import { serviceTokenRoutes } from './service-tokens/routes.ts'
import { TOKEN_TABLE } from './service-tokens/store.ts'
import { tagRoutes } from './tags/routes.ts'
import { TAG_TABLE } from './tags/store.ts'

const EVENT_TYPES = [
  'access_app_created',
  'access_app_updated',
  'access_app_deleted',
  'access_policy_created',
  'access_policy_updated',
  'access_policy_deleted',
  'access_tag_created',
  'access_tag_updated',
  'access_tag_deleted',
  'access_service_token_created',
  'access_service_token_updated',
  'access_service_token_deleted',
] as const

declare module '../../../schemas/control/event.ts' {
  interface EventTypes extends Record<(typeof EVENT_TYPES)[number], true> {}
}

/** Applications, policies, tags and service tokens of Cloudflare Access. */
export const access = {
  name: 'access',
  tags: ['Access applications', 'Access policies', 'Access tags', 'Access service tokens'],
  routes: app => {
    appRoutes(app)
    policyRoutes(app)
    tagRoutes(app)
    serviceTokenRoutes(app)
    renewalRoutes(app)
  },
  errors: ACCESS_ERRORS,
  evidence: ACCESS,
  permission_groups: ACCESS_PERMISSION_GROUPS,
  event_types: EVENT_TYPES,
  object_kinds: [
    { noun: 'Access application', created: 'access_app_created', deleted: 'access_app_deleted', id: 'object_id' },
    { noun: 'Access policy', created: 'access_policy_created', deleted: 'access_policy_deleted', id: 'object_id' },
    { noun: 'Access tag', created: 'access_tag_created', deleted: 'access_tag_deleted', id: 'object_id' },
    {
      noun: 'Access service token',
      created: 'access_service_token_created',
      deleted: 'access_service_token_deleted',
      id: 'object_id',
    },
  ],
  migrations: [[APP_TABLE, POLICY_TABLE, TAG_TABLE, TOKEN_TABLE].join(';')],
  tables: ['access_policy_links', 'access_policies', 'access_applications', 'access_tags', 'access_service_tokens'],
  sections: [ACCESS_SECTION],
  lastChange: lastAccessChange,
} as const satisfies Resource
