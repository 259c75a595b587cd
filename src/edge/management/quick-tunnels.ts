/** Tunnels that cloudflared gets for the asking, under a hostname that nobody chose. */
import { randomBytes, randomInt, randomUUID } from 'node:crypto'
import type { QuickTunnel, QuickTunnelAnswer } from '../../../schemas/control/edge-control.ts'
import type { WorldEvent } from '../../../schemas/control/event.ts'
import type { TunnelRecord } from '../../../schemas/records.ts'
import { hasTracked } from '../../resources/connections/rules.ts'
import { CLEAN_UP_REASON } from '../../resources/tunnels/events.ts'
import { addTunnel, removeTunnel } from '../../resources/tunnels/operations.ts'
import { findTunnel } from '../../resources/tunnels/store.ts'
import { runOrPostpone } from '../../world/postpone.ts'
import type { World } from '../../world/world.ts'

/** Our choice: an account that no user has. */
const ACCOUNT = '0'.repeat(32)

/** (client: edge_quick_tunnel) */
const DOMAIN = 'trycloudflare.com'

/** Our choice. */
const ADJECTIVES = ['brave', 'calm', 'clever', 'eager', 'gentle', 'golden', 'lucky', 'quiet', 'silver', 'swift']
const NOUNS = ['canyon', 'cedar', 'comet', 'falcon', 'harbor', 'lantern', 'meadow', 'otter', 'river', 'willow']

/** Creates a tunnel that cloudflared configures itself (client: edge_quick_tunnel). */
export function createQuickTunnel(world: World): QuickTunnel {
  // Not of the world's ids: what happens in real time must not change a seeded run.
  const keys = { id: randomUUID(), secret: randomBytes(32).toString('base64') }
  const hostname = newHostname()
  addTunnel(contextOf(world), ACCOUNT, { name: hostname, config_src: 'local' }, keys)
  return { id: keys.id, name: hostname, hostname, account_tag: ACCOUNT, secret: keys.secret }
}

/** Creates a quick tunnel, as the answer to the request for one. */
export function quickTunnelAnswer(world: World): QuickTunnelAnswer {
  return { success: true, result: createQuickTunnel(world), errors: [] }
}

/** The hostname of a quick tunnel, which is its name; undefined for any other tunnel. */
export function quickHostnameOf({ account_tag, name }: Pick<TunnelRecord, 'account_tag' | 'name'>): string | undefined {
  return account_tag === ACCOUNT && name.endsWith(`.${DOMAIN}`) ? name : undefined
}

/** Deletes each quick tunnel whose connector is gone. Returns a function that stops that. */
export function deleteWhenGone(world: World): () => void {
  return world.events.subscribe(
    event => {
      if (event.account_id === ACCOUNT && event.reason !== CLEAN_UP_REASON) deleteIfGone(world, event)
    },
    ['connection_closed', 'connection_expired'],
  )
}

function deleteIfGone(world: World, { account_id = '', tunnel_id = '', at }: WorldEvent): void {
  runOrPostpone(world, at, now => {
    const tunnel = findTunnel(world.db, account_id, tunnel_id, world.momentAt(now))
    const isGone = tunnel?.deleted_at === null && quickHostnameOf(tunnel) !== undefined && !hasTracked(tunnel)
    if (isGone) removeTunnel(contextOf(world, now), { account_id, tunnel_id }, false)
  })
}

function contextOf(world: World, now = world.now()) {
  return { world, moment: world.momentAt(now), stale_ms: 0, noted_behaviours: [] }
}

/** Random enough that no two are the same. */
function newHostname(): string {
  const words = [ADJECTIVES, NOUNS].map(list => list[randomInt(list.length)])
  return `${[...words, randomBytes(4).toString('hex')].join('-')}.${DOMAIN}`
}
