import { DEFAULTS } from '../../src/config/options.ts'
import { datedChangesOn } from '../../src/evidence/dated-changes.ts'
import { PRODUCTS } from '../../src/resources/products.ts'
import { createEvidenceReport } from '../../src/world/evidence-report.ts'
import type { WorldSettings } from '../../src/world/world.ts'

/** Settings for worlds of tests that have no emulator: the defaults, and no operations. */
export function worldSettings(): WorldSettings {
  return {
    ...DEFAULTS,
    behaviour: datedChangesOn('latest'),
    frozen_at: undefined,
    catalogue: PRODUCTS.catalogueOf([]),
    tunnel_hooks: PRODUCTS.tunnel_hooks,
    evidence_report: createEvidenceReport(),
  }
}
