import { DEFAULTS } from '../../src/config/options.ts'
import { datedChangesOn } from '../../src/evidence/dated-changes.ts'
import { momentAt } from '../../src/resources/connections/rules.ts'
import { PRODUCTS } from '../../src/resources/products.ts'
import { SIMULATION_HOOKS } from '../../src/simulation/world-hooks.ts'
import { openInMemory } from '../../src/store/memory.ts'
import { createCounters } from '../../src/world/counters.ts'
import { createEvidenceReport } from '../../src/world/evidence-report.ts'
import type { WorldSettings } from '../../src/world/world.ts'
import type { WorldLimits } from '../../src/worlds/extensions.ts'
import { storageInMemory, type WorldStorage } from '../../src/worlds/storage.ts'

/** Default settings, without operations, for tests that create worlds without an emulator. */
export function worldSettings(): WorldSettings {
  return {
    ...DEFAULTS,
    changes: datedChangesOn('latest'),
    momentAt: now => momentAt(now, DEFAULTS.pending_reconnect_ms),
    frozen_at: undefined,
    catalogue: PRODUCTS.catalogueOf([]),
    warn: () => {},
    event_types: PRODUCTS.event_types,
    tunnel_hooks: PRODUCTS.tunnel_hooks,
    lint_rules: PRODUCTS.lint_rules,
    object_kinds: PRODUCTS.object_kinds,
    server_report: createEvidenceReport(),
    counters: createCounters(),
  }
}

/** The limits of an emulator on a machine with little memory. */
export const WORLD_LIMITS: WorldLimits = { ...DEFAULTS, max_worlds: 100 }

/** The extensions that an emulator passes to its worlds. */
export const EXTENSIONS = { data: PRODUCTS.data, hooks: SIMULATION_HOOKS }

export function memoryStorage(): WorldStorage {
  const { schema } = PRODUCTS.data
  return storageInMemory(openInMemory(schema), schema)
}
