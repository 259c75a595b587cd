import { behaviourOf } from '../src/domain/behaviour.ts'
import { DEFAULTS } from '../src/options.ts'
import { createLeanings } from '../src/world/leanings.ts'
import type { WorldSettings } from '../src/world/world.ts'

/** How worlds are set up that no emulator makes: by default, and without operations. */
export const worldSettings = (): WorldSettings => ({
  ...DEFAULTS,
  behaviour: behaviourOf('latest'),
  frozen_at: undefined,
  operations: [],
  leanings: createLeanings(),
})
