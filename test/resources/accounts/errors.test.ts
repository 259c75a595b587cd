import { ACCOUNT_ERRORS } from '../../../src/resources/accounts/errors.ts'
import { startEmulator } from '../../support/emulator.ts'
import { describeErrors } from '../../support/provoked-errors.ts'

const ACCOUNT_TOKEN = { authorization: `Bearer cfat_${'Z'.repeat(40)}` }

describeErrors(ACCOUNT_ERRORS, {
  token_unknown: async () => (await startEmulator()).at('/user').get('/tokens/verify', undefined, ACCOUNT_TOKEN),
  token_missing: async () =>
    (await startEmulator()).at('/user').get('/tokens/verify', undefined, {
      'x-auth-email': 'me@example.com',
      'x-auth-key': '144c9defac04969c7bfad8efaa8ea194',
    }),
  accounts_of_account_token: async () => (await startEmulator()).at('/accounts').get('', undefined, ACCOUNT_TOKEN),
})
