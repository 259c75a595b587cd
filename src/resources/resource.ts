/**
 * The interface between the emulator and a product. A product is one folder with a `Resource`, its
 * models in `schemas/` and one line in `index.ts`. Credentials, envelope, errors, faults, request
 * log, events, worlds, snapshots and OpenAPI then work for it without any other change.
 */
import type { CatalogueSource } from '../evidence/catalogue.ts'
import type { App } from '../gateway/route.ts'
import type { LintRule, ObjectKind } from '../world/lint.ts'
import type { TunnelHooks } from '../world/world.ts'
import type { StateContributor } from '../worlds/state-format.ts'

export interface Resource extends CatalogueSource, StateContributor, Partial<TunnelHooks> {
  readonly name: string
  /** OpenAPI tags of its operations. */
  readonly tags: readonly string[]
  /** Registers its operations, under any path below the base path. */
  readonly routes: (app: App) => void
  readonly event_types: readonly string[]
  readonly lint_rules?: readonly LintRule[]
  readonly object_kinds?: readonly ObjectKind[]
  /**
   * Entry n takes its tables from version n to n + 1; each resource has its own version. Entries
   * are added but never changed, because files of every older version must still open.
   */
  readonly migrations: readonly string[]
}
