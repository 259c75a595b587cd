import { DEFAULTS } from '../../src/config/options.ts'
import type { Site } from '../../src/http/context.ts'
import type { Worlds } from '../../src/worlds/registry.ts'

/** The site of worlds that no emulator made; it does not close. */
export function siteOf(worlds: Worlds): Site {
  return {
    worlds,
    control: DEFAULTS,
    url: () => '',
    closing: new AbortController().signal,
  }
}
