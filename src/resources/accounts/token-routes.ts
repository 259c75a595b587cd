import { TokenVerification } from '../../../schemas/account.ts'
import { ENVELOPES } from '../../../schemas/envelope.ts'
import { AccountPath } from '../../../schemas/identifiers.ts'
import { okWithMessage } from '../../gateway/envelope.ts'
import { noteBehaviour } from '../../gateway/evidence-header.ts'
import { type App, familyModels } from '../../gateway/route.ts'
import { ACCOUNT_ERRORS } from './errors.ts'
import { ACCOUNT_OPERATIONS as OPERATIONS } from './operation-ids.ts'
import { verifyToken } from './token.ts'

const models = familyModels(ENVELOPES.tokens)
const errors = [ACCOUNT_ERRORS.token_unknown, ACCOUNT_ERRORS.token_missing]

/** Scripts search for this sentence (recorded: token_verified). */
const VERIFIED = { code: 10000, message: 'This API Token is valid and active', type: null }

/** These routes have no permission: they check the credentials themselves. */
export function tokenVerificationRoutes(app: App): void {
  app.get(
    '/user/tokens/verify',
    {
      config: { errors },
      schema: {
        operationId: OPERATIONS.verify_token,
        summary: 'Verify a token of the user',
        description: 'Says in `messages` that the token is active.',
        tags: ['User'],
        response: models.withMessage(TokenVerification),
      },
    },
    request => {
      noteBehaviour(request, 'token_id')
      return okWithMessage(verifyToken(request), VERIFIED)
    },
  )

  app.get(
    '/accounts/:account_id/tokens/verify',
    {
      config: { errors },
      schema: {
        operationId: OPERATIONS.verify_account_token,
        summary: 'Verify a token of an account',
        description: 'Says in `messages` that the token is active. User tokens work as well.',
        tags: ['Accounts'],
        params: AccountPath,
        response: models.withMessage(TokenVerification),
      },
    },
    request => {
      noteBehaviour(request, 'token_id')
      return okWithMessage(verifyToken(request, request.params.account_id.toLowerCase()), VERIFIED)
    },
  )
}
