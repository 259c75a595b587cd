import type { App } from '../gateway/route.ts'
import { handleUnrouted } from '../gateway/unrouted.ts'
import { addApiHooks } from '../http/pipeline.ts'

/**
 * Registers the emulated API: the hooks of the pipeline and the routes of all products.
 */
export function emulatedApi(app: App, routes: (app: App) => void, injectFaults = true): void {
  addApiHooks(app, injectFaults)
  handleUnrouted(app, () => routes(app))
}
