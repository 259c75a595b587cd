import { DEFAULTS } from '../src/options.ts'
import type { Site } from '../src/site.ts'
import type { Worlds } from '../src/worlds.ts'

/** The site of worlds that no emulator made; it does not close. */
export const siteOf = (worlds: Worlds): Site => ({
  worlds,
  control: DEFAULTS,
  url: () => '',
  closing: new AbortController().signal,
})
