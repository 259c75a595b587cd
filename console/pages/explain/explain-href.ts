import { href } from '../../data/route.ts'

interface Address {
  readonly account_id: string
  readonly tunnel_id: string
}

/** The page that explains a URL; with a tunnel, also if no rule of it names the host. */
export function explainHref(url: string, tunnel?: Address): string {
  return href(['explain'], { url, tunnel_id: tunnel?.tunnel_id, account_id: tunnel?.account_id })
}
