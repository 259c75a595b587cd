/** The products that the emulator serves. */
import { access } from './access/index.ts'
import { accounts } from './accounts/index.ts'
import { configurations } from './configurations/index.ts'
import { connections } from './connections/index.ts'
import { dnsRecords } from './dns-records/index.ts'
import { hostnameRoutes } from './hostname-routes/index.ts'
import { legacyTunnels } from './legacy-tunnels/index.ts'
import { privateNetworks } from './private-networks/index.ts'
import type { Resource } from './resource.ts'
import { tokens } from './tokens/index.ts'
import { tunnels } from './tunnels/index.ts'
import { zones } from './zones/index.ts'

export const RESOURCES = [
  tunnels,
  configurations,
  connections,
  tokens,
  legacyTunnels,
  zones,
  dnsRecords,
  accounts,
  access,
  privateNetworks,
  hostnameRoutes,
] as const satisfies readonly Resource[]
