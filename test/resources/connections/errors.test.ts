import { CONNECTION_ERRORS } from '../../../src/resources/connections/errors.ts'
import { seedOf, startEmulator, UNKNOWN_ID } from '../../support/emulator.ts'
import { describeErrors } from '../../support/provoked-errors.ts'

const ID = 'f70ff985-a4ef-4643-bbbc-4a0ed4fc8415'

function startConnected() {
  return startEmulator({ seed: seedOf({ id: ID, name: 'blog', connectors: [{}] }) })
}

describeErrors(CONNECTION_ERRORS, {
  connector_not_found: async () => (await startConnected()).get(`/${ID}/connectors/${UNKNOWN_ID}`),
})
