import { ZONE_ERRORS } from '../../../src/resources/zones/errors.ts'
import { startEmulator } from '../../support/emulator.ts'
import { describeErrors } from '../../support/provoked-errors.ts'

describeErrors(ZONE_ERRORS, {
  zone_unknown: async () => (await startEmulator()).at('/zones').get(`/${'0'.repeat(32)}`),
})
