import type { FastifyRequest } from 'fastify'
import { AccessPolicyPath } from '../../../../schemas/access-common.ts'
import {
  AccessPolicy,
  AccessPolicyInput,
  AccessPolicyListQuery,
  type AccessPolicyRecord,
  DeletedAccessObject,
} from '../../../../schemas/access-policy.ts'
import { AccountPath } from '../../../../schemas/identifiers.ts'
import { throwApiError } from '../../../gateway/api-error.ts'
import { ok } from '../../../gateway/envelope.ts'
import type { App } from '../../../gateway/route.ts'
import { WITH_BODY } from '../body.ts'
import { ACCESS_ERRORS } from '../errors.ts'
import { emitAccessEvent, models, pageOf, requireFound } from '../family.ts'
import { ACCESS_OPERATIONS as OPERATIONS } from '../operation-ids.ts'
import { APPS_READ, APPS_WRITE } from '../permissions.ts'
import { inSeconds } from '../seconds.ts'
import { presentPolicy } from './present.ts'
import { policySettingsOf } from './rules.ts'
import { countApps, deletePolicy, findPolicy, reusablePolicies, savePolicy } from './store.ts'

const COLLECTION = '/accounts/:account_id/access/policies'
const ITEM = `${COLLECTION}/:policy_id`
const tags = ['Access policies']
const { access_not_found, access_policy_in_use, access_body_invalid } = ACCESS_ERRORS

export function policyRoutes(app: App): void {
  app.get(
    COLLECTION,
    {
      config: { permission: APPS_READ },
      schema: {
        operationId: OPERATIONS.list_policies,
        summary: 'List reusable policies',
        description: 'Returns the policies that every application can use, oldest first, page by page.',
        tags,
        params: AccountPath,
        querystring: AccessPolicyListQuery,
        response: models.page(AccessPolicy),
      },
    },
    ({ world, params, query }) => {
      const policies = reusablePolicies(world.db, params.account_id)
      return pageOf(
        policies.map(policy => presentPolicy(policy, countApps(world.db, policy.id))),
        query,
      )
    },
  )

  app.post(
    COLLECTION,
    {
      ...WITH_BODY,
      config: { permission: APPS_WRITE, errors: [access_body_invalid] },
      schema: {
        operationId: OPERATIONS.create_policy,
        summary: 'Create a reusable policy',
        description: 'Creates a policy that every application of the account can use.',
        tags,
        params: AccountPath,
        body: AccessPolicyInput,
        response: models.created(AccessPolicy),
      },
    },
    (request, reply) => {
      const { world, moment, params, body } = request
      const now = inSeconds(moment.now)
      const policy: AccessPolicyRecord = {
        id: world.ids.uuid(),
        account_id: params.account_id,
        app_id: null,
        settings: policySettingsOf(body),
        created_at: now,
        updated_at: now,
      }
      savePolicy(world.db, policy)
      emitAccessEvent(request, 'access_policy_created', policy)
      reply.code(201)
      return ok(presentPolicy(policy, 0))
    },
  )

  app.get(
    ITEM,
    {
      config: { permission: APPS_READ, errors: [access_not_found] },
      schema: {
        operationId: OPERATIONS.get_policy,
        summary: 'Get a reusable policy',
        description: 'Returns one policy. It does not find a policy that belongs to an application.',
        tags,
        params: AccessPolicyPath,
        response: models.ok(AccessPolicy),
      },
    },
    request => {
      const policy = requireReusablePolicy(request)
      return ok(presentPolicy(policy, countApps(request.world.db, policy.id)))
    },
  )

  app.put(
    ITEM,
    {
      ...WITH_BODY,
      config: { permission: APPS_WRITE, errors: [access_not_found, access_body_invalid] },
      schema: {
        operationId: OPERATIONS.update_policy,
        summary: 'Update a reusable policy',
        description: 'Replaces the policy. Fields that you leave out get their defaults.',
        tags,
        params: AccessPolicyPath,
        body: AccessPolicyInput,
        response: models.ok(AccessPolicy),
      },
    },
    request => {
      const { world, moment, body } = request
      const policy = world.db.transaction(() => {
        const found = requireReusablePolicy(request)
        const updated = { ...found, settings: policySettingsOf(body), updated_at: inSeconds(moment.now) }
        savePolicy(world.db, updated)
        return updated
      })
      emitAccessEvent(request, 'access_policy_updated', policy)
      return ok(presentPolicy(policy, countApps(world.db, policy.id)))
    },
  )

  app.delete(
    ITEM,
    {
      config: { permission: APPS_WRITE, errors: [access_not_found, access_policy_in_use] },
      schema: {
        operationId: OPERATIONS.delete_policy,
        summary: 'Delete a reusable policy',
        description: 'Deletes a policy that no application uses.',
        tags,
        params: AccessPolicyPath,
        response: models.accepted(DeletedAccessObject),
      },
    },
    (request, reply) => {
      const { db } = request.world
      const policy = db.transaction(() => {
        const found = requireReusablePolicy(request)
        if (countApps(db, found.id) > 0) throwApiError(access_policy_in_use)
        deletePolicy(db, found.id)
        return found
      })
      emitAccessEvent(request, 'access_policy_deleted', policy)
      reply.code(202)
      return ok({ id: policy.id })
    },
  )
}

type PolicyRequest = Pick<FastifyRequest, 'world'> & { readonly params: { account_id: string; policy_id: string } }

/** A policy of an application is not found (recorded: access_own_policy_hidden). */
function requireReusablePolicy({ world, params }: PolicyRequest): AccessPolicyRecord {
  const policy = requireFound(findPolicy(world.db, params.account_id, params.policy_id))
  return requireFound(policy.app_id === null ? policy : undefined)
}
