import { DEFAULTS } from '../../src/config/options.ts'
import type { EmulatorContext } from '../../src/http/context.ts'
import type { Worlds } from '../../src/worlds/registry.ts'

/** A context for worlds without an emulator; it does not close. */
export function contextFor(worlds: Worlds): EmulatorContext {
  return {
    worlds,
    control: DEFAULTS,
    pages: DEFAULTS,
    url: () => '',
    controlURL: () => undefined,
    edge: () => undefined,
    closing: new AbortController().signal,
  }
}
