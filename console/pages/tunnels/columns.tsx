/** The columns of the List lens. */
import type { ComponentChildren } from 'preact'
import type { OverviewTunnel } from '../../../schemas/control/overview.ts'
import { millis } from '../../data/time.ts'
import { dateOf, timeOf, visible } from '../../parts/format.ts'
import { Glyph, StatusWord, WORST_FIRST } from '../../parts/status.tsx'
import { placeOf } from '../../picture/cities.ts'
import { trackedConnectors, trackedIn } from '../../picture/tracked.ts'
import { hostOf, versionOf } from './row.tsx'

export interface Column {
  readonly key: string
  readonly label: string
  readonly kind?: 'number' | 'code'
  /** In pixels. Columns without a width share the remaining space. */
  readonly width?: number
  /** Narrow pages leave out what has a higher number. */
  readonly rank: 1 | 2 | 3
  readonly sortedBy: (tunnel: OverviewTunnel) => string | number
  readonly cell: (tunnel: OverviewTunnel) => ComponentChildren
}

const countOf = (state: 'live' | 'pending') => (tunnel: OverviewTunnel) =>
  tunnel.connectors.flatMap(trackedIn).filter(connection => connection.state === state).length

const colosOf = (tunnel: OverviewTunnel): readonly string[] =>
  [...new Set(tunnel.connectors.flatMap(trackedIn).map(({ colo_name }) => colo_name))].toSorted()

const connectorsOf = ({ connectors }: OverviewTunnel): number => trackedConnectors(connectors).length

/** A name or hostname is the first column, and the head of its row. */
export const COLUMNS: readonly Column[] = [
  {
    key: 'status',
    width: 102,
    label: 'Status',
    rank: 1,
    sortedBy: ({ status, deleted_at }) => (deleted_at === null ? WORST_FIRST.indexOf(status) : WORST_FIRST.length),
    cell: ({ status, deleted_at }) => (
      <>
        <Glyph status={status} size={12} />{' '}
        {deleted_at === null ? <StatusWord status={status} /> : <span class="status">Deleted</span>}
      </>
    ),
  },
  { key: 'hostnames', label: 'Hostnames', rank: 2, sortedBy: hostOf, cell: hostOf },
  {
    key: 'connectors',
    width: 86,
    label: 'Connectors',
    kind: 'number',
    rank: 2,
    sortedBy: connectorsOf,
    cell: connectorsOf,
  },
  { key: 'live', width: 48, label: 'Live', kind: 'number', rank: 1, sortedBy: countOf('live'), cell: countOf('live') },
  {
    key: 'pending',
    width: 66,
    label: 'Pending',
    kind: 'number',
    rank: 2,
    sortedBy: countOf('pending'),
    cell: tunnel => countOf('pending')(tunnel) || '–',
  },
  {
    key: 'colos',
    width: 98,
    label: 'Data centers',
    kind: 'code',
    rank: 2,
    sortedBy: tunnel => colosOf(tunnel).join(' '),
    cell: tunnel => colosOf(tunnel).map(colo => <span key={colo}>{placeOf(colo).code} </span>),
  },
  {
    key: 'version',
    width: 100,
    label: 'cloudflared',
    rank: 3,
    sortedBy: ({ connectors }) => versionOf(trackedConnectors(connectors)),
    cell: ({ connectors }) => versionOf(trackedConnectors(connectors)),
  },
  {
    key: 'configuration',
    width: 112,
    label: 'Configuration',
    rank: 3,
    sortedBy: ({ config_src, configuration }) => `${config_src} ${String(configuration?.version ?? 0).padStart(9)}`,
    cell: ({ config_src, configuration }) =>
      config_src === 'local' ? 'local' : configuration ? `version ${configuration.version}` : 'none yet',
  },
  {
    key: 'created',
    width: 100,
    label: 'Created',
    rank: 3,
    sortedBy: ({ created_at }) => created_at,
    cell: ({ created_at }) => <time title={timeOf(millis(created_at))}>{dateOf(millis(created_at))}</time>,
  },
]

export function nameOf({ name, tunnel_id }: OverviewTunnel): string {
  return visible(name) || tunnel_id
}
