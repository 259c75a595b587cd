import { AccessServiceTokenPath } from '../../../../schemas/access-common.ts'
import { AccessServiceToken, AccessServiceTokenWithSecret } from '../../../../schemas/access-service-token.ts'
import { ok } from '../../../gateway/envelope.ts'
import type { App } from '../../../gateway/route.ts'
import { ACCESS_ERRORS } from '../errors.ts'
import { models } from '../family.ts'
import { ACCESS_OPERATIONS as OPERATIONS } from '../operation-ids.ts'
import { TOKENS_WRITE } from '../permissions.ts'
import { changeToken, newSecret } from './operations.ts'
import { presentToken, presentTokenWithSecret } from './present.ts'
import { refreshToken, rotateToken } from './rules.ts'

const ITEM = '/accounts/:account_id/access/service_tokens/:service_token_id'
const tags = ['Access service tokens']
const { access_not_found } = ACCESS_ERRORS

export function renewalRoutes(app: App): void {
  app.post(
    `${ITEM}/rotate`,
    {
      config: { permission: TOKENS_WRITE, errors: [access_not_found] },
      schema: {
        operationId: OPERATIONS.rotate_token,
        summary: 'Rotate a service token',
        description: 'Generates a new secret and returns it. The previous one ends at once.',
        tags,
        params: AccessServiceTokenPath,
        response: models.ok(AccessServiceTokenWithSecret),
      },
    },
    request => {
      const { world, moment } = request
      const { token } = changeToken(request, found => rotateToken(found, newSecret(world), moment.now))
      return ok(presentTokenWithSecret(token))
    },
  )

  app.post(
    `${ITEM}/refresh`,
    {
      config: { permission: TOKENS_WRITE, errors: [access_not_found] },
      schema: {
        operationId: OPERATIONS.refresh_token,
        summary: 'Refresh a service token',
        description: 'Extends the token by its duration from now.',
        tags,
        params: AccessServiceTokenPath,
        response: models.ok(AccessServiceToken),
      },
    },
    request => {
      const { token } = changeToken(request, found => refreshToken(found, request.moment.now))
      return ok(presentToken(token))
    },
  )
}
