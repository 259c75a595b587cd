import type { Resource } from '../resource.ts'
import { CONFIGURATION_ERRORS } from './errors.ts'
import { CONFIGURATIONS } from './evidence.ts'
import { lintConfigurations } from './lint.ts'
import { configurationRoutes } from './routes.ts'

/** Configurations of tunnels, by version. */
export const configurations = {
  name: 'configurations',
  tags: ['Configurations'],
  routes: configurationRoutes,
  errors: CONFIGURATION_ERRORS,
  evidence: CONFIGURATIONS,
  permission_groups: [],
  event_types: ['configuration_published', 'configuration_taken'],
  lint_rules: [lintConfigurations],
  migrations: [],
  tables: [],
  sections: [],
} as const satisfies Resource
