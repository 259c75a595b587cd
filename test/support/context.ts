import { DEFAULTS } from '../../src/config/options.ts'
import { BUILT_CONSOLE } from '../../src/http/console/files.ts'
import type { EmulatorContext } from '../../src/http/context.ts'
import { countInProgress } from '../../src/http/in-progress.ts'
import type { Worlds } from '../../src/worlds/registry.ts'

/** A context for worlds without an emulator; it does not close. */
export function contextFor(worlds: Worlds): EmulatorContext {
  return {
    worlds,
    control: DEFAULTS,
    pages: DEFAULTS,
    consoleFiles: BUILT_CONSOLE,
    url: () => '',
    controlURL: () => undefined,
    edge: () => undefined,
    observers: [],
    figures: undefined,
    inProgress: countInProgress(DEFAULTS.max_requests),
    started_at: '2026-01-01T00:00:00.000000Z',
    closing: new AbortController().signal,
  }
}
