/** One sentence for what happened, for people who see a tunnel for the first time. */
import type { WorldEvent } from '../../schemas/control/event.ts'
import type { OverviewTunnel } from '../../schemas/control/overview.ts'
import { spanOf } from '../parts/format.ts'

type Status = OverviewTunnel['status']

export interface Named {
  readonly name: string
  readonly status: Status
}

/** Undefined: nothing that an audience should hear of. `happened`: the events of one line. */
export function captionOf(happened: readonly WorldEvent[], tunnel: Named | undefined): string | undefined {
  const [first] = happened
  if (!first) return undefined
  const number = (type: string): number => happened.filter(event => event.type === type).length
  if (first.type === 'clock_moved') return clockCaption(first)
  if (!tunnel) return undefined

  const { name, status } = tunnel
  const [lost, expired, closed, opened] = ['lost', 'expired', 'closed', 'opened'].map(end =>
    number(`connection_${end}`),
  )
  if (lost) return `${name} lost ${connections(lost)}. ${CONSEQUENCES[status]}`
  if (expired) return `${name} waited in vain for ${connections(expired)}. ${CONSEQUENCES[status]}`
  if (closed) return `${name} closed ${connections(closed)}. ${CONSEQUENCES[status]}`
  if (opened) return `${name} opened ${connections(opened)}. ${CONSEQUENCES[status]}`
  if (number('tunnel_created')) return `${name} was created.`
  if (number('tunnel_deleted')) return `${name} was deleted.`
  if (number('configuration_published')) return `${name} has a new configuration.`
  return undefined
}

const CONSEQUENCES: Readonly<Record<Status, string>> = {
  healthy: 'The tunnel is healthy.',
  degraded: 'The tunnel still serves, degraded.',
  down: 'The tunnel is down.',
  inactive: 'The tunnel never had a connection.',
}

function connections(number: number): string {
  return number === 1 ? 'a connection' : `${number} connections`
}

function clockCaption({ clock_before = '', clock_after = '', frozen }: WorldEvent): string | undefined {
  const ms = Date.parse(clock_after) - Date.parse(clock_before)
  if (ms >= 1_000) return `${spanOf(ms)} pass.`
  return frozen ? 'Time stands still.' : 'Time runs.'
}
