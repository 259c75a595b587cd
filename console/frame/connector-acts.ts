/** Breaks a connector and brings it back, without asking which. */
import { computed } from '@preact/signals'
import type { OverviewTunnel } from '../../schemas/control/overview.ts'
import { action, perform } from '../data/act.ts'
import { path } from '../data/route.ts'
import { tunnels } from '../data/store.ts'

interface Address {
  readonly account_id: string
  readonly tunnel_id: string
  readonly connector_id: string
}

type Connector = OverviewTunnel['connectors'][number]

/** On the page of a tunnel that one, else all. */
const shownTunnels = computed(() => {
  const [first, id] = path.value
  return tunnels.value.filter(({ tunnel_id }) => first !== 'tunnels' || id === undefined || tunnel_id === id)
})

function isLive({ connections }: Connector): boolean {
  return connections.some(({ state }) => state === 'live')
}

/** One whose tunnel still serves without it, where there is one. */
const nextToBreak = computed(() =>
  connectorsOf(shownTunnels.value, connector => connector.kind === 'simulated' && isLive(connector))
    .toSorted((a, b) => b.siblings - a.siblings)
    .at(0),
)

/** The one that was lost last. */
export const lostConnector = computed(() =>
  connectorsOf(tunnels.value, connector => connector.kind === 'simulated' && !isLive(connector))
    .toSorted((a, b) => (a.lostAt < b.lostAt ? 1 : -1))
    .at(0),
)

function connectorsOf(from: readonly OverviewTunnel[], isWanted: (connector: Connector) => boolean) {
  return from.flatMap(({ account_id, tunnel_id, connectors }) =>
    connectors.filter(isWanted).map(({ id, connections }) => ({
      address: { account_id, tunnel_id, connector_id: id } satisfies Address,
      siblings: connectors.filter(isLive).length,
      lostAt:
        connections
          .map(({ lost_at }) => lost_at ?? '')
          .toSorted()
          .at(-1) ?? '',
    })),
  )
}

export async function breakOne(): Promise<void> {
  const next = nextToBreak.value
  if (!next) return
  await perform(action('disconnectConnector', { ...next.address, graceful: false }))
  reveal(next.address)
}

export async function bringBack(): Promise<void> {
  const last = lostConnector.value
  if (!last) return
  await perform(action('reconnectConnector', last.address))
  reveal(last.address)
}

/** Longer than rows take to change their order. */
const REVEAL_AFTER_MS = 600

/** An audience looks where something happens. */
function reveal({ tunnel_id }: Address): void {
  setTimeout(() => {
    document.querySelector(`[data-tunnel="${CSS.escape(tunnel_id)}"]`)?.scrollIntoView({ block: 'center' })
  }, REVEAL_AFTER_MS)
}
