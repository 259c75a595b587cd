import { DEFAULTS } from '../../src/config/options.ts'
import { datedChangesOn } from '../../src/evidence/dated-changes.ts'
import { PRODUCTS } from '../../src/resources/products.ts'
import { createEvidenceReport } from '../../src/world/evidence-report.ts'
import type { WorldSettings } from '../../src/world/world.ts'

/** How worlds are set up that no emulator makes: by default, without operations. */
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
