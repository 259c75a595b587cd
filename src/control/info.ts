import type { Result } from '../../schemas/control/control.ts'
import { VERSION } from '../config/version.ts'
import { sampleCredentials } from '../resources/sample-account.ts'
import { allZones } from '../resources/zones/default-zone.ts'
import { addressesOf } from './addresses.ts'
import type { Context } from './context.ts'

export function getInfo({ world, url }: Context): Result<'getInfo'> {
  const credentials = sampleCredentials(world)
  const zone = allZones(world.db).find(({ account_id }) => account_id === credentials.account_id)
  return {
    version: VERSION,
    world: world.id,
    base_url: addressesOf(world, url).base_url,
    auth: world.auth,
    ...credentials,
    zone: zone === undefined ? null : { id: zone.id, name: zone.name },
    behaviour: { ...world.changes },
    pending_reconnect_ms: world.pending_reconnect_ms,
    random_seed: world.random_seed ?? null,
  }
}

export function getPublicKey({ world }: Context): Promise<Result<'getPublicKey'>> {
  return world.signer.publicKey()
}
