import type { Difference } from '../../schemas/control/configuration.ts'
import type { Input, Result } from '../../schemas/control/control.ts'
import { redacted, redactedText, redactedUnder } from '../gateway/redaction.ts'
import { configurationHistory } from '../resources/configurations/store.ts'
import type { Context } from './context.ts'
import { requireTunnel } from './find.ts'
import { differences } from './json-diff.ts'

/** Without secrets: services may have passwords. A changed password is still a change. */
export function listConfigurations(
  { world }: Context,
  address: Input<'listConfigurations'>,
): Result<'listConfigurations'> {
  const { tunnel } = requireTunnel(world, address)
  const versions = configurationHistory(world.db, tunnel)
  return versions.map((version, index) => {
    const before = versions[index - 1]?.config ?? {}
    const shown = redacted(version) as typeof version
    return { ...shown, changes: differences(before, version.config).map(redactedDifference) }
  })
}

function redactedDifference({ field, ...sides }: Difference): Difference {
  const shown = Object.entries(sides).map(([side, value]) => [side, redactedUnder(field, value)])
  return { field: redactedText(field), ...Object.fromEntries(shown) }
}
