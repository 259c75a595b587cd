import type { VNode } from 'preact'
import type { OverviewTunnel } from '../../schemas/control/overview.ts'

export type Status = OverviewTunnel['status']

/** The order in which people look for trouble. */
export const WORST_FIRST: readonly Status[] = ['down', 'degraded', 'healthy', 'inactive']

export const STATUS_WORDS: Readonly<Record<Status, string>> = {
  healthy: 'Healthy',
  degraded: 'Degraded',
  down: 'Down',
  inactive: 'Inactive',
}

/** A status as a shape, so that colour never says it alone. The word stands beside it. */
export function Glyph({ status, size = 14 }: { status: Status; size?: number }) {
  return (
    <svg class={`glyph ${status}`} width={size} height={size} viewBox="0 0 14 14" aria-hidden="true">
      {SHAPES[status]()}
    </svg>
  )
}

const SHAPES: Readonly<Record<Status, () => VNode>> = {
  healthy: () => (
    <>
      <circle class="fill" cx="7" cy="7" r="6.5" />
      <path class="sign" d="m4.2 7.3 2 2 3.6-4.2" />
    </>
  ),
  degraded: () => (
    <>
      <path class="fill" d="M7 .9 13.6 13H.4z" />
      <path class="sign" d="M7 5.2v3.4M7 10.7v.2" />
    </>
  ),
  down: () => (
    <>
      <rect class="fill" x=".7" y=".7" width="12.6" height="12.6" rx="2.5" />
      <path class="sign" d="m4.6 4.6 4.8 4.8m0-4.8-4.8 4.8" />
    </>
  ),
  inactive: () => <circle class="outline" cx="7" cy="7" r="5.6" />,
}

export function StatusWord({ status }: { status: Status }) {
  return <span class={`status ${status}`}>{STATUS_WORDS[status]}</span>
}
