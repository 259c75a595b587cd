import { AccessServiceTokenPath } from '../../../../schemas/access-common.ts'
import {
  AccessServiceToken,
  AccessServiceTokenInput,
  AccessServiceTokenListQuery,
  AccessServiceTokenUpdate,
  AccessServiceTokenWithSecret,
  UpdatedAccessServiceToken,
} from '../../../../schemas/access-service-token.ts'
import { AccountPath } from '../../../../schemas/identifiers.ts'
import { throwApiError } from '../../../gateway/api-error.ts'
import { ok } from '../../../gateway/envelope.ts'
import type { App } from '../../../gateway/route.ts'
import { WITH_BODY } from '../body.ts'
import { ACCESS_ERRORS } from '../errors.ts'
import { emitAccessEvent, models, pageOf } from '../family.ts'
import { ACCESS_OPERATIONS as OPERATIONS } from '../operation-ids.ts'
import { TOKENS_READ, TOKENS_WRITE } from '../permissions.ts'
import { isTokenInRules } from '../policies/store.ts'
import { changeToken, newSecret, requireToken } from './operations.ts'
import { presentToken, presentTokenWithSecret } from './present.ts'
import { createToken, updateToken } from './rules.ts'
import { deleteToken, saveToken, tokensOf } from './store.ts'

const COLLECTION = '/accounts/:account_id/access/service_tokens'
const ITEM = `${COLLECTION}/:service_token_id`
const tags = ['Access service tokens']
const { access_not_found, access_body_invalid, access_service_token_in_use } = ACCESS_ERRORS

export function serviceTokenRoutes(app: App): void {
  app.get(
    COLLECTION,
    {
      config: { permission: TOKENS_READ },
      schema: {
        operationId: OPERATIONS.list_tokens,
        summary: 'List service tokens',
        description: 'Returns the service tokens of an account without their secrets, oldest first, page by page.',
        tags,
        params: AccountPath,
        querystring: AccessServiceTokenListQuery,
        response: models.page(AccessServiceToken),
      },
    },
    ({ world, params, query }) => {
      const { name, search = '' } = query
      const tokens = tokensOf(world.db, params.account_id)
        .filter(token => name === undefined || token.name === name)
        .filter(token => token.name.toLowerCase().includes(search.toLowerCase()))
      return pageOf(tokens.map(presentToken), query)
    },
  )

  app.post(
    COLLECTION,
    {
      ...WITH_BODY,
      config: { permission: TOKENS_WRITE, errors: [access_body_invalid] },
      schema: {
        operationId: OPERATIONS.create_token,
        summary: 'Create a service token',
        description: 'Creates a service token. No other response has its secret.',
        tags,
        params: AccountPath,
        body: AccessServiceTokenInput,
        response: models.created(AccessServiceTokenWithSecret),
      },
    },
    (request, reply) => {
      const { world, moment, params, body } = request
      const identity = {
        id: world.ids.uuid(),
        client_id: `${world.ids.bytes(16).toString('hex')}.access`,
        client_secret: newSecret(world),
      }
      const token = createToken(params.account_id, body, identity, moment.now)
      saveToken(world.db, token)
      emitAccessEvent(request, 'access_service_token_created', token)
      reply.code(201)
      return ok(presentTokenWithSecret(token))
    },
  )

  app.get(
    ITEM,
    {
      config: { permission: TOKENS_READ, errors: [access_not_found] },
      schema: {
        operationId: OPERATIONS.get_token,
        summary: 'Get a service token',
        description: 'Returns one service token without its secret.',
        tags,
        params: AccessServiceTokenPath,
        response: models.ok(AccessServiceToken),
      },
    },
    request => ok(presentToken(requireToken(request))),
  )

  app.put(
    ITEM,
    {
      ...WITH_BODY,
      config: { permission: TOKENS_WRITE, errors: [access_not_found, access_body_invalid] },
      schema: {
        operationId: OPERATIONS.update_token,
        summary: 'Update a service token',
        description:
          'Changes the given fields. A greater client_secret_version generates a new secret, and returns it.',
        tags,
        params: AccessServiceTokenPath,
        body: AccessServiceTokenUpdate,
        response: models.ok(UpdatedAccessServiceToken),
      },
    },
    request => {
      const { world, moment, body } = request
      const { before, token } = changeToken(request, found =>
        updateToken(found, body, () => newSecret(world), moment.now),
      )
      return ok(before.client_secret === token.client_secret ? presentToken(token) : presentTokenWithSecret(token))
    },
  )

  app.delete(
    ITEM,
    {
      config: { permission: TOKENS_WRITE, errors: [access_not_found, access_service_token_in_use] },
      schema: {
        operationId: OPERATIONS.delete_token,
        summary: 'Delete a service token',
        description: 'Deletes a service token that no policy uses.',
        tags,
        params: AccessServiceTokenPath,
        response: models.ok(AccessServiceToken),
      },
    },
    request => {
      const { db } = request.world
      const token = db.transaction(() => {
        const found = requireToken(request)
        if (isTokenInRules(db, found.account_id, found.id)) throwApiError(access_service_token_in_use)
        deleteToken(db, found.id)
        return found
      })
      emitAccessEvent(request, 'access_service_token_deleted', token)
      return ok(presentToken(token))
    },
  )
}
