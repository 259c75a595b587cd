/** The views of the console: all that the rail leads to, and what those pages lead to. */
import { SHOP } from './demo.ts'

export interface ConsoleView {
  readonly name: string
  readonly hash: string
}

/** Without the demo's objects, these say that there is no such object. */
const OF_THE_DEMO: readonly ConsoleView[] = [
  { name: 'tunnel', hash: `#/tunnels/${SHOP}` },
  { name: 'tunnel, a new connector', hash: `#/tunnels/${SHOP}?add=1` },
  ...['routes', 'requests', 'history', 'api'].map(tab => ({
    name: `tunnel, ${tab}`,
    hash: `#/tunnels/${SHOP}?tab=${tab}`,
  })),
  { name: 'tunnel, version', hash: `#/tunnels/${SHOP}/configurations/3` },
  { name: 'tunnel, changes of a version', hash: `#/tunnels/${SHOP}/configurations/3?view=changes` },
  { name: 'snapshot', hash: '#/snapshots/before-deploy' },
  { name: 'explained URL', hash: '#/explain?url=https%3A%2F%2Fshop.alpine-outdoor.example%2Fproducts' },
  { name: 'request', hash: '#/requests/3' },
  { name: 'request that a fault answered', hash: '#/requests/7?failed=1' },
  { name: 'verified requests', hash: '#/verify?expect=%7B%22method%22%3A%22POST%22%7D' },
  { name: 'verification that fails', hash: '#/verify?expect=%7B%22body%22%3A%7B%22name%22%3A%22pop-up%22%7D%7D' },
  { name: 'edge, requests', hash: '#/edge?tab=requests' },
  { name: 'edge, faults', hash: '#/edge?tab=faults' },
  { name: 'explained URL without a record', hash: '#/explain?url=https%3A%2F%2Fnone.alpine-outdoor.example%2F' },
]

const OF_THE_RAIL = [
  'requests',
  'verify',
  'explain',
  'dns',
  'networks',
  'access',
  'edge',
  'faults',
  'snapshots',
  'worlds',
  'evidence',
  'lint',
  'reference',
  'settings',
]

/** The problem with views of the demo's objects in a world that has none. */
export const NO_SUCH_OBJECT = /404.*\/(snapshots|requests)\/|status of 404/

export const VIEWS: readonly ConsoleView[] = [
  { name: 'tunnels', hash: '#/' },
  { name: 'tunnels over time', hash: '#/?lens=time' },
  { name: 'tunnels in a table', hash: '#/?lens=list&deleted=1' },
  { name: 'no tunnel that matches', hash: '#/?find=none' },
  { name: 'tunnels in the past', hash: '#/?at=2026-11-27T02:20:00Z' },
  ...OF_THE_RAIL.map(name => ({ name, hash: `#/${name}` })),
  { name: 'evidence, coverage', hash: '#/evidence?tab=coverage&find=create' },
  { name: 'evidence, deviations', hash: '#/evidence?tab=deviations' },
  { name: 'behaviour', hash: '#/evidence/status_threshold' },
  { name: 'lint with leftovers', hash: '#/lint?leftovers=1' },
  ...OF_THE_DEMO,
  { name: 'DNS records that lead nowhere', hash: '#/dns?problems=1' },
  { name: 'DNS records of a type', hash: '#/dns?type=CNAME' },
  { name: 'networks of an address', hash: '#/networks?find=10.20.3.4' },
  { name: 'access, policies', hash: '#/access/policies' },
  { name: 'access, service tokens', hash: '#/access/service-tokens' },
  { name: 'no such page', hash: '#/no-such-page' },
]
