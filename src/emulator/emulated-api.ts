import type { App } from '../gateway/route.ts'
import { handleUnrouted } from '../gateway/unrouted.ts'
import { addApiHooks } from '../http/pipeline.ts'

/**
 * Cloudflare's API as its clients see it: the hooks of the pipeline around the routes of every
 * product.
 */
export function emulatedApi(app: App, routes: (app: App) => void, injectFaults = true): void {
  addApiHooks(app, injectFaults)
  handleUnrouted(app, () => routes(app))
}
