import { TOKEN_ERRORS } from '../../../src/resources/tokens/errors.ts'
import { startEmulator, UNKNOWN_ID } from '../../support/emulator.ts'
import { describeErrors } from '../../support/provoked-errors.ts'

describeErrors(TOKEN_ERRORS, {
  token_not_found: async () => (await startEmulator()).get(`/${UNKNOWN_ID}/token`),
})
