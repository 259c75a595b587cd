import { CONFIGURATION_ERRORS } from '../../../src/resources/configurations/errors.ts'
import { seedOf, startEmulator } from '../../support/emulator.ts'
import { describeErrors } from '../../support/provoked-errors.ts'

const ID = 'f70ff985-a4ef-4643-bbbc-4a0ed4fc8415'

function startConnected() {
  return startEmulator({ seed: seedOf({ id: ID, name: 'blog', connectors: [{}] }) })
}

describeErrors(CONFIGURATION_ERRORS, {
  configuration_not_found: async () => (await startConnected()).get(`/${ID}/configurations`),
  configuration_invalid: async () => (await startConnected()).put(`/${ID}/configurations`, { config: { ingress: [] } }),
})
