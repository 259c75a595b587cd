import type { HostnameRoute } from '../../../schemas/hostname-route.ts'
import type { NamedHostnameRoute } from './store.ts'

/** (documented: hostname_route_answer) */
export function presentHostnameRoute(route: NamedHostnameRoute): HostnameRoute {
  const { id, hostname, tunnel_id, tunnel_name, comment, created_at, deleted_at } = route
  return { id, hostname, tunnel_id, tunnel_name, tun_type: 'cfd_tunnel', comment, created_at, deleted_at }
}
