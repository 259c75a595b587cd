import type { Result } from '../../schemas/control/control.ts'
import { VERSION } from '../config/version.ts'
import { addressesOf } from './addresses.ts'
import type { Context } from './context.ts'

export function getInfo({ world, url }: Context): Result<'getInfo'> {
  return {
    version: VERSION,
    world: world.id,
    base_url: addressesOf(world, url).base_url,
    auth: world.auth,
    behaviour: { ...world.changes },
    pending_reconnect_ms: world.pending_reconnect_ms,
    random_seed: world.random_seed ?? null,
  }
}

export function getPublicKey({ world }: Context): Promise<Result<'getPublicKey'>> {
  return world.signer.publicKey()
}
