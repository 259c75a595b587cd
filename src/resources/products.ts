import { type Catalogue, type CatalogueSource, createCatalogue } from '../evidence/catalogue.ts'
import type { DeclaredOperation } from '../evidence/types.ts'
import { GATEWAY_ERRORS } from '../gateway/errors.ts'
import { GATEWAY_EVIDENCE } from '../gateway/evidence.ts'
import type { App } from '../gateway/route.ts'
import { GATEWAY_STATE } from '../gateway/seed.ts'
import type { LintRule, ObjectKind } from '../world/lint.ts'
import type { TunnelHooks } from '../world/world.ts'
import { createStateFormat } from '../worlds/state-format.ts'
import type { WorldData } from '../worlds/world-data.ts'
import { RESOURCES } from './index.ts'
import { FIRST_TABLES } from './migrations.ts'
import type { Resource } from './resource.ts'

/** All resources of an emulator, combined with the gateway. */
export interface Products {
  readonly tags: readonly string[]
  readonly routes: (app: App) => void
  readonly data: WorldData
  readonly catalogueOf: (operations: readonly DeclaredOperation[]) => Catalogue
  readonly event_types: readonly string[]
  readonly tunnel_hooks: Required<TunnelHooks>
  readonly lint_rules: readonly LintRule[]
  readonly object_kinds: readonly ObjectKind[]
}

export function combine(resources: readonly Resource[], others: readonly CatalogueSource[] = []): Products {
  const sources = [...resources, { evidence: GATEWAY_EVIDENCE, errors: GATEWAY_ERRORS }, ...others]
  return {
    tags: resources.flatMap(({ tags }) => tags),
    routes: app => {
      for (const { routes } of resources) routes(app)
    },
    data: {
      ...createStateFormat([GATEWAY_STATE, ...resources]),
      schema: {
        ...FIRST_TABLES,
        additions: resources
          .filter(({ migrations }) => migrations.length > 0)
          .map(({ name, migrations }) => ({ name, migrations })),
      },
    },
    catalogueOf: operations => createCatalogue(sources, operations),
    event_types: resources.flatMap(({ event_types }) => event_types),
    tunnel_hooks: {
      onTunnelCreated: (...details) => {
        for (const { onTunnelCreated } of resources) onTunnelCreated?.(...details)
      },
      onTunnelDelete: (...details) => {
        for (const { onTunnelDelete } of resources) onTunnelDelete?.(...details)
      },
    },
    lint_rules: resources.flatMap(({ lint_rules = [] }) => lint_rules),
    object_kinds: resources.flatMap(({ object_kinds = [] }) => object_kinds),
  }
}

export const PRODUCTS: Products = combine(RESOURCES)

type KeysOf<T> = T extends unknown ? keyof T : never

type Source = (typeof RESOURCES)[number] | { evidence: typeof GATEWAY_EVIDENCE; errors: typeof GATEWAY_ERRORS }

/** The ids of all behaviours, errors included. */
export type BehaviourId = KeysOf<Source['evidence']> | KeysOf<Source['errors']>
