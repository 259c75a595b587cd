import { Glyph, STATUS_WORDS, type Status, WORST_FIRST } from './status.tsx'

/** How many tunnels have each status, small. */
export function StatusCounts({ counts }: { counts: Readonly<Record<Status, number>> }) {
  const given = WORST_FIRST.filter(status => counts[status] > 0)
  if (given.length === 0) return <span class="quiet-text">no tunnels</span>
  return (
    <span class="status-counts">
      {given.map(status => (
        <span key={status} class={status} title={STATUS_WORDS[status]}>
          <Glyph status={status} size={12} />
          <b>{counts[status]}</b>
          <span class="off-screen"> {STATUS_WORDS[status]} </span>
        </span>
      ))}
    </span>
  )
}
