import type { Input, Result } from '../../schemas/control/control.ts'
import { configurationHistory } from '../resources/configurations/store.ts'
import type { Context } from './context.ts'
import { requireTunnel } from './find.ts'
import { differences } from './json-diff.ts'

export function listConfigurations(
  { world }: Context,
  address: Input<'listConfigurations'>,
): Result<'listConfigurations'> {
  const { tunnel } = requireTunnel(world, address)
  const versions = configurationHistory(world.db, tunnel)
  return versions.map((version, index) => ({
    ...version,
    changes: [...differences(versions[index - 1]?.config ?? {}, version.config)],
  }))
}
