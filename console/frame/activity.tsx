/** What happened in the world, and what happens next. */
import { computed, signal } from '@preact/signals'
import { type Line, linesOf, partsOf } from '../data/activity.ts'
import { events } from '../data/live.ts'
import { go, href } from '../data/route.ts'
import { due, nameOfTunnel, overview, tunnelOf } from '../data/store.ts'
import { cursor, millis, now } from '../data/time.ts'
import { dueWords, operationWords, UNDO_SNAPSHOT } from '../data/words.ts'
import { spanOf, timeOf, visible } from '../parts/format.ts'
import { Icon } from '../parts/icon.tsx'
import { LiveChip } from './live-state.tsx'

const LINES_SHOWN = 60

const shownKinds = signal<Readonly<Record<Line['kind'], boolean>>>({ world: true, request: true })

const lines = computed(() =>
  linesOf(events.value.filter(({ type, snapshot }) => !(type === 'snapshot_saved' && snapshot === UNDO_SNAPSHOT)))
    .filter(({ kind }) => shownKinds.value[kind])
    .slice(0, LINES_SHOWN),
)

export function Activity() {
  return (
    <aside class="activity" aria-label="Activity">
      <header>
        <h2>
          Activity <LiveChip />
        </h2>
        <Toggle kind="world" label="World" />
        <Toggle kind="request" label="Requests" />
      </header>
      <Next />
      {lines.value.length === 0 ? (
        <p class="quiet-text">{overview.value && 'Nothing happened yet.'}</p>
      ) : (
        <ol>
          {lines.value.map(line => (
            <ActivityLine key={line.key} line={line} />
          ))}
        </ol>
      )}
    </aside>
  )
}

function Toggle({ kind, label }: { kind: Line['kind']; label: string }) {
  return (
    <button
      type="button"
      class="toggle"
      aria-pressed={shownKinds.value[kind]}
      onClick={() => {
        shownKinds.value = { ...shownKinds.value, [kind]: !shownKinds.value[kind] }
      }}
    >
      {label}
    </button>
  )
}

/** What is due next stands above what happened. */
function Next() {
  const [next] = due.value
  if (!next) return null
  return (
    <p class="next-due">
      <time>{timeOf(millis(next.at))}</time>
      <span>
        {next.tunnel_id && <b>{visible(nameOfTunnel(next.tunnel_id))}: </b>}
        {dueWords(next)}
        <span class="in"> in {spanOf(Math.max(0, millis(next.at) - now.value))}</span>
      </span>
    </p>
  )
}

function ActivityLine({ line }: { line: Line }) {
  const at = millis(line.at)
  const isShown = cursor.value === at
  return (
    <li class={line.isReachable ? `of-${line.kind}` : `of-${line.kind} gone`}>
      <time>{timeOf(at)}</time>
      <span>{line.kind === 'request' ? <RequestText line={line} /> : <WorldText line={line} />}</span>
      {line.isReachable && (
        <button
          type="button"
          class="look"
          aria-pressed={isShown}
          aria-label={`Look at ${timeOf(at)}`}
          onClick={() => go(href([], { at: isShown ? undefined : new Date(at).toISOString() }))}
        >
          <Icon name="past" size={14} />
        </button>
      )}
    </li>
  )
}

function WorldText({ line }: { line: Line }) {
  const { tunnelId } = line
  return (
    <>
      {tunnelId && (
        <>
          {tunnelOf(tunnelId) ? (
            <a href={href(['tunnels', tunnelId])}>{visible(nameOfTunnel(tunnelId))}</a>
          ) : (
            <b>{nameOfTunnel(tunnelId)}</b>
          )}{' '}
        </>
      )}
      {partsOf(line).map(({ text, event }, index) => (
        <span key={event.id}>
          {index > 0 && ', '}
          {event.before ? (
            <>
              {event.before} → <b class={event.status}>{event.status}</b>
            </>
          ) : (
            text
          )}
        </span>
      ))}
    </>
  )
}

function RequestText({ line }: { line: Line }) {
  const requests = line.groups[0] ?? []
  const latest = requests.at(-1)
  if (!latest) return null
  const status = latest.http_status
  return (
    <>
      <a href={href(['requests', String(latest.request_id)])}>
        <b class={status === undefined || status >= 400 ? 'down' : 'healthy'}>{status ?? 'cut off'}</b>{' '}
        {latest.operation ? operationWords(latest.operation) : 'unknown operation'}
      </a>
      {requests.length > 1 && <span class="figures times"> ×{requests.length}</span>}
    </>
  )
}
