import type { RequestSummary } from '../../../schemas/control/journal.ts'
import { href, query } from '../../data/route.ts'
import { nameOfTunnel } from '../../data/store.ts'
import { millis } from '../../data/time.ts'
import { operationWords } from '../../data/words.ts'
import { EvidenceWord } from '../../parts/evidence.tsx'
import { timeOf, visible } from '../../parts/format.ts'
import { Icon } from '../../parts/icon.tsx'
import { isGuess } from '../../parts/labels.ts'
import { isFailed } from './filters.ts'

interface RowProps {
  readonly entry: RequestSummary
  readonly index: number
  readonly total: number
  readonly top: number
  readonly isCurrent: boolean
  /** Tab comes to one row of the list, arrow keys to the others. */
  readonly isTabStop: boolean
}

export function Row({ entry, index, total, top, isCurrent, isTabStop }: RowProps) {
  const { id, at, method, status, duration_ms, tunnel_id } = entry
  return (
    <li
      aria-setsize={total}
      aria-posinset={index + 1}
      class={`log-row${isCurrent ? ' current' : ''}${isFailed(entry) ? ' failed' : ''}`}
      style={{ top: `${top}px` }}
    >
      <span class="cell-id">{id}</span>
      <time class="cell-at">{timeOf(millis(at))}</time>
      <span class="cell-status">
        <Status status={status} />
      </span>
      <span class="cell-method">{method}</span>
      <a
        class="cell-what cut"
        href={requestHref(id)}
        data-row={id}
        tabIndex={isTabStop ? 0 : -1}
        aria-current={isCurrent ? 'true' : undefined}
      >
        {titleOf(entry)}
      </a>
      <span class="cell-more">
        <span class="cell-tunnel cut">{tunnel_id !== null && visible(nameOfTunnel(tunnel_id))}</span>
        <span class="cell-ms">{duration_ms === null ? '' : `${Math.round(duration_ms)} ms`}</span>
        <span class="cell-marks">
          <Marks entry={entry} />
        </span>
      </span>
    </li>
  )
}

/** Keeps the filters of the list. */
export function requestHref(id: number | undefined): string {
  return href(id === undefined ? ['requests'] : ['requests', String(id)], Object.fromEntries(query.value))
}

/** What was asked, in words; its path if it is no operation. */
export function titleOf({ operation, path }: Pick<RequestSummary, 'operation' | 'path'>): string {
  if (operation === null) return visible(path)
  const words = operationWords(operation)
  return words.slice(0, 1).toUpperCase() + words.slice(1)
}

export function Status({ status }: Pick<RequestSummary, 'status'>) {
  return <span class={isFailed({ status }) ? 'failed-status' : 'good-status'}>{status ?? 'cut'}</span>
}

/** What is unusual about it. */
export function Marks({ entry: { unread_count, fault_ids = [], evidence, not_emulated } }: { entry: RequestSummary }) {
  return (
    <>
      {unread_count > 0 && <span class="mark unread">{unread_count} unread</span>}
      {fault_ids.length > 0 && (
        <span class="mark fault">
          <Icon name="faults" size={12} /> fault
        </span>
      )}
      {not_emulated !== undefined && <span class="mark">not emulated</span>}
      {evidence !== undefined && isGuess(evidence) && <EvidenceWord label={evidence} />}
    </>
  )
}
