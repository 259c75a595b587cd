import { TUNNEL_ERRORS } from '../../../src/resources/tunnels/errors.ts'
import { seedOf, startEmulator, UNKNOWN_ID } from '../../support/emulator.ts'
import { describeErrors } from '../../support/provoked-errors.ts'

const ID = 'f70ff985-a4ef-4643-bbbc-4a0ed4fc8415'

function startConnected(behaviour = 'latest') {
  return startEmulator({ behaviour, seed: seedOf({ id: ID, name: 'blog', connectors: [{}] }) })
}

function startDeleted() {
  return startEmulator({ seed: seedOf({ id: ID, name: 'blog', deleted_at: '-0s' }) })
}

describeErrors(TUNNEL_ERRORS, {
  tunnel_not_found: async () => (await startEmulator()).get(`/${UNKNOWN_ID}`),
  tunnel_deleted: async () => (await startDeleted()).patch(`/${ID}`, { name: 'shop' }),
  tunnel_name_taken: async () => (await startConnected()).post('', { name: 'blog' }),
  tunnel_connected: async () => (await startConnected()).delete(`/${ID}`),
  tunnel_connected_older_text: async () => (await startConnected('2026-05-31')).delete(`/${ID}`),
})
