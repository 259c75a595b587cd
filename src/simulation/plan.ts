import type { TunnelKey } from '../../schemas/records.ts'
import type { Plan } from '../world/scheduler.ts'

export function planFor(happens: Plan['happens'], { account_tag, id }: TunnelKey, connector_id: string): Plan {
  return { happens, account_id: account_tag, tunnel_id: id, connector_id }
}
