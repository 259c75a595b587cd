/**
 * The seam between the emulator and a product. A product is one folder with a `Resource`, its models
 * in `schemas/` and one line in `index.ts`. Everything else (credentials, envelope, error handler,
 * faults, request log, events, worlds, snapshots, OpenAPI) works for it without a change elsewhere.
 */
import type { CatalogueSource } from '../evidence/catalogue.ts'
import type { App } from '../gateway/route.ts'
import type { TunnelHooks } from '../world/world.ts'
import type { StateContributor } from '../worlds/state-format.ts'

export interface Resource extends CatalogueSource, StateContributor, Partial<TunnelHooks> {
  readonly name: string
  /** How OpenAPI groups its operations. */
  readonly tags: readonly string[]
  /** Registers its operations, under any path below the base path. */
  readonly routes: (app: App) => void
  /** Types of the events that it emits. */
  readonly event_types: readonly string[]
  /**
   * SQL that takes its tables from version n to n + 1, counted for each resource by itself. Steps are
   * added, never changed, since files of every older version must still open.
   */
  readonly migrations: readonly string[]
}
