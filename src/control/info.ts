import { Info, PublicKey } from '../../schemas/control/info.ts'
import { VERSION } from '../config/version.ts'
import { action } from './action.ts'
import { addressesOf } from './addresses.ts'

export const getInfo = action(
  { method: 'GET', path: '/', summary: 'Tell what runs here and how it is set', result: Info },
  ({ world, url }) => ({
    version: VERSION,
    world: world.id,
    base_url: addressesOf(world, url).base_url,
    auth: world.auth,
    behaviour: { ...world.behaviour },
    pending_reconnect_ms: world.pending_reconnect_ms,
    random_seed: world.random_seed ?? null,
  }),
)

export const getPublicKey = action(
  {
    method: 'GET',
    path: '/management-key',
    summary: 'Read the key that verifies management tokens',
    result: PublicKey,
  },
  ({ world }) => world.signer.publicKey(),
)
