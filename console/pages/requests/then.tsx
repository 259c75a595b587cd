import type { JournalEntry } from '../../../schemas/control/journal.ts'
import { call } from '../../data/control.ts'
import { useResource } from '../../data/resource.ts'
import { href } from '../../data/route.ts'
import { nameOfTunnel } from '../../data/store.ts'
import { millis } from '../../data/time.ts'
import { eventWords } from '../../data/words.ts'
import { timeOf, visible } from '../../parts/format.ts'
import { Icon } from '../../parts/icon.tsx'
import { Loaded } from '../../parts/states.tsx'

/** What the request changed. Each event leads to the tunnels at its instant. */
export function Then({ entry: { caused } }: { entry: JournalEntry }) {
  const { first_event_id: first = 1, last_event_id: last = 0 } = caused ?? {}
  const events = useResource(
    async () => (last < first ? [] : call('listEvents', { after: first - 1, limit: last - first + 1 })),
    { changes: () => false },
  )
  return (
    <section class="request-part">
      <h3>Then</h3>
      {caused ? (
        <Loaded resource={events}>
          {list =>
            list.length === 0 ? (
              <p class="quiet-text">Its events are no longer kept.</p>
            ) : (
              <ul class="caused">
                {list.map(event => (
                  <li key={event.id}>
                    <a
                      href={href(event.tunnel_id === undefined ? [] : ['tunnels', event.tunnel_id], {
                        at: new Date(millis(event.at)).toISOString(),
                      })}
                    >
                      <Icon name="past" size={14} /> <time>{timeOf(millis(event.at))}</time>
                      <span class="off-screen">Look at the world then:</span>
                    </a>{' '}
                    {event.tunnel_id !== undefined && <b>{visible(nameOfTunnel(event.tunnel_id))}</b>}{' '}
                    {eventWords(event)}
                  </li>
                ))}
              </ul>
            )
          }
        </Loaded>
      ) : (
        <p class="quiet-text">It changed nothing.</p>
      )}
    </section>
  )
}
