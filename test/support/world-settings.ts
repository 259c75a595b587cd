import { DEFAULTS } from '../../src/config/options.ts'
import { behaviourOf } from '../../src/evidence/dated-changes.ts'
import { createLeanings } from '../../src/world/evidence-report.ts'
import type { WorldSettings } from '../../src/world/world.ts'

/** How worlds are set up that no emulator makes: by default, and without operations. */
export function worldSettings(): WorldSettings {
  return {
    ...DEFAULTS,
    behaviour: behaviourOf('latest'),
    frozen_at: undefined,
    operations: [],
    leanings: createLeanings(),
  }
}
