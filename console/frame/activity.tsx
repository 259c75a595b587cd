import { events, live } from '../data/live.ts'
import { nameOfTunnel } from '../data/store.ts'
import { millis } from '../data/time.ts'
import { timeOf } from '../parts/format.ts'

export function Activity() {
  return (
    <aside class="activity" aria-label="Activity">
      <h2>
        Activity <span class={`live ${live.value.state}`}>{live.value.state}</span>
      </h2>
      <ol>
        {events.value
          .slice(-50)
          .toReversed()
          .map(event => (
            <li key={event.id}>
              <time>{timeOf(millis(event.at))}</time> {event.tunnel_id && <b>{nameOfTunnel(event.tunnel_id)}</b>}{' '}
              {event.type.replaceAll('_', ' ')}
            </li>
          ))}
      </ol>
    </aside>
  )
}
