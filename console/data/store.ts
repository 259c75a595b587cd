/** What every page shows of the world: its tunnels, its settings, what is due, the faults. */
import { batch, computed, signal } from '@preact/signals'
import type { DueItem } from '../../schemas/control/due.ts'
import type { FaultReport } from '../../schemas/control/fault.ts'
import type { Info } from '../../schemas/control/info.ts'
import type { Overview, OverviewTunnel } from '../../schemas/control/overview.ts'
import { asError } from './as-error.ts'
import { call, player } from './control.ts'
import { addEvents, enter, events, followAfter, latestEventId, live, onEvent, stopFollowing, tellGap } from './live.ts'
import type { Player } from './recording/player.ts'
import { throttled } from './throttled.ts'
import { cursor, setClock } from './time.ts'

export const info = signal<Info | undefined>(undefined)
export const overview = signal<Overview | undefined>(undefined)
export const due = signal<readonly DueItem[]>([])
export const faults = signal<readonly FaultReport[]>([])

/** Why the world cannot be read. */
export const failure = signal<Error | undefined>(undefined)

/** Whether the page may change the world: not in watch mode, a recording or the past, nor once it is gone. */
export const canAct = computed(
  () =>
    info.value?.console === 'on' &&
    cursor.value === undefined &&
    player.value === undefined &&
    live.value.state !== 'refused',
)

/** Also the deleted ones, the oldest first. */
export const allTunnels = computed<readonly OverviewTunnel[]>(() => overview.value?.tunnels ?? [])

/** For those who only watch, forms that change something are not there. */
export const isWatching = computed(() => info.value?.console === 'watch')

export const tunnels = computed(() => allTunnels.value.filter(({ deleted_at }) => deleted_at === null))

const tunnelsById = computed(() => new Map(allTunnels.value.map(tunnel => [tunnel.tunnel_id, tunnel])))

/** A name for a tunnel: its own, else the start of its id. */
export function nameOfTunnel(id: string): string {
  return tunnelsById.value.get(id)?.name ?? id.slice(0, 8)
}

export function tunnelOf(id: string): OverviewTunnel | undefined {
  return tunnelsById.value.get(id)
}

/** Events that the activity shows at the start. */
const EARLIER_EVENTS = 300

async function read(): Promise<void> {
  try {
    const [nextOverview, nextDue, nextFaults, nextInfo] = await Promise.all([
      call('getOverview', { deleted: true }),
      call('listDue'),
      call('listFaults'),
      call('getInfo'),
    ])
    // A server that started again counts its events from one.
    if (nextOverview.event_id < latestEventId()) events.value = []
    const after = Math.max(latestEventId(), nextOverview.event_id - EARLIER_EVENTS)
    const missed = after < nextOverview.event_id ? await call('listEvents', { after }) : []
    batch(() => {
      overview.value = nextOverview
      due.value = nextDue
      faults.value = nextFaults
      info.value = nextInfo
      failure.value = undefined
      setClock(nextOverview.clock)
      addEvents(missed)
    })
    if (!isFollowing && !player.value) followAfter(nextOverview.event_id)
    isFollowing = !player.value
  } catch (cause) {
    const error = asError(cause)
    failure.value = error
    if (!isFollowing) enter('status' in error ? 'refused' : 'reconnecting', error.message)
  }
}

let isFollowing = false

/** Shows a recording, or the live world again. */
export function play(next: Player | undefined): void {
  stopFollowing()
  isFollowing = false
  player.value = next
  // It also reads the world.
  tellGap()
}

/** Reads the world again, at most four times a second. */
export const refresh = throttled(read)

/** A request alone changes nothing that is shown here. What it changed has its own events. */
onEvent(event => {
  if (event === 'gap' || event.type !== 'request') refresh()
})
