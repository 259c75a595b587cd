import { AccessAppInput, AccessAppListQuery, AccessApplication } from '../../../../schemas/access-application.ts'
import { AccessAppPath } from '../../../../schemas/access-common.ts'
import { DeletedAccessObject } from '../../../../schemas/access-policy.ts'
import { AccountPath } from '../../../../schemas/identifiers.ts'
import { ok } from '../../../gateway/envelope.ts'
import type { App } from '../../../gateway/route.ts'
import { WITH_BODY } from '../body.ts'
import { ACCESS_ERRORS } from '../errors.ts'
import { models, pageOf } from '../family.ts'
import { ACCESS_OPERATIONS as OPERATIONS } from '../operation-ids.ts'
import { APPS_READ, APPS_WRITE } from '../permissions.ts'
import { addApp, changeApp, removeApp, requireApp } from './operations.ts'
import { policiesOf } from './policies.ts'
import { presentApp } from './present.ts'
import { matchesQuery } from './rules.ts'
import { appsOf } from './store.ts'

const COLLECTION = '/accounts/:account_id/access/apps'
const ITEM = `${COLLECTION}/:app_id`
const tags = ['Access applications']
const { access_not_found, access_app_id_malformed, ...INPUT_ERRORS } = ACCESS_ERRORS
const UNKNOWN = [access_not_found, access_app_id_malformed]
const WRITE_ERRORS = [
  INPUT_ERRORS.access_body_invalid,
  INPUT_ERRORS.access_app_type_invalid,
  INPUT_ERRORS.access_domain_outside,
  INPUT_ERRORS.access_domain_not_included,
  INPUT_ERRORS.access_too_many_destinations,
  INPUT_ERRORS.access_tag_unknown,
  INPUT_ERRORS.access_precedences_equal,
  INPUT_ERRORS.access_policies_mixed,
  INPUT_ERRORS.access_policy_unknown,
  INPUT_ERRORS.access_app_exists,
  INPUT_ERRORS.access_destination_taken,
]

export function appRoutes(app: App): void {
  app.get(
    COLLECTION,
    {
      config: { permission: APPS_READ },
      schema: {
        operationId: OPERATIONS.list_apps,
        summary: 'List Access applications',
        description: 'Returns the applications of an account, oldest first, page by page.',
        tags,
        params: AccountPath,
        querystring: AccessAppListQuery,
        response: models.page(AccessApplication),
      },
    },
    ({ world, params, query }) => {
      const page = pageOf(
        appsOf(world.db, params.account_id).filter(found => matchesQuery(found, query)),
        query,
      )
      return { ...page, result: page.result.map(found => presentApp(found, policiesOf(world.db, found))) }
    },
  )

  app.post(
    COLLECTION,
    {
      ...WITH_BODY,
      config: { permission: APPS_WRITE, errors: WRITE_ERRORS },
      schema: {
        operationId: OPERATIONS.create_app,
        summary: 'Add an Access application',
        description: 'Creates an application for hostnames in a zone of the account, or of another type.',
        tags,
        params: AccountPath,
        body: AccessAppInput,
        response: models.created(AccessApplication),
      },
    },
    (request, reply) => {
      const created = addApp(request, request.params.account_id, request.body)
      reply.code(201)
      return ok(presentApp(created, policiesOf(request.world.db, created)))
    },
  )

  app.get(
    ITEM,
    {
      config: { permission: APPS_READ, errors: UNKNOWN },
      schema: {
        operationId: OPERATIONS.get_app,
        summary: 'Get an Access application',
        description: 'Returns one application with all of its policies.',
        tags,
        params: AccessAppPath,
        response: models.ok(AccessApplication),
      },
    },
    ({ world, params }) => {
      const found = requireApp(world.db, params)
      return ok(presentApp(found, policiesOf(world.db, found)))
    },
  )

  app.put(
    ITEM,
    {
      ...WITH_BODY,
      config: { permission: APPS_WRITE, errors: [...UNKNOWN, ...WRITE_ERRORS] },
      schema: {
        operationId: OPERATIONS.update_app,
        summary: 'Update an Access application',
        description: 'Replaces all fields but id, aud and created_at. Without `policies`, they stay as they are.',
        tags,
        params: AccessAppPath,
        body: AccessAppInput,
        response: models.ok(AccessApplication),
      },
    },
    request => {
      const changed = changeApp(request, request.params, request.body)
      return ok(presentApp(changed, policiesOf(request.world.db, changed)))
    },
  )

  app.delete(
    ITEM,
    {
      config: { permission: APPS_WRITE, errors: UNKNOWN },
      schema: {
        operationId: OPERATIONS.delete_app,
        summary: 'Delete an Access application',
        description: 'Deletes an application and the policies that belong to it alone.',
        tags,
        params: AccessAppPath,
        response: models.accepted(DeletedAccessObject),
      },
    },
    (request, reply) => {
      reply.code(202)
      return ok({ id: removeApp(request, request.params).id })
    },
  )
}
