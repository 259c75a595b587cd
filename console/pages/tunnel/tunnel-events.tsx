import { linesOf, partsOf } from '../../data/activity.ts'
import { events } from '../../data/live.ts'
import { lookAt, millis } from '../../data/time.ts'
import { Button } from '../../parts/button.tsx'
import { timeOf } from '../../parts/format.ts'
import { Panel } from '../../parts/page.tsx'

const SHOWN = 40

/** What happened to the tunnel, the latest on top. */
export function TunnelEvents({ tunnel_id }: { tunnel_id: string }) {
  const lines = linesOf(events.value).filter(({ kind, tunnelId }) => kind === 'world' && tunnelId === tunnel_id)
  return (
    <Panel title="What happened">
      {lines.length === 0 ? (
        <p class="quiet-text">Nothing since the server started.</p>
      ) : (
        <ul class="happenings">
          {lines.slice(0, SHOWN).map(line => {
            const at = millis(line.at)
            return (
              <li key={line.key}>
                <time>{timeOf(at)}</time>
                <span>
                  {partsOf(line)
                    .map(({ text }) => text)
                    .join(', ')}
                </span>
                {line.isReachable && (
                  <Button
                    label={`Look at ${timeOf(at)}`}
                    icon="past"
                    kind="quiet"
                    isIconOnly
                    onPress={() => lookAt(at)}
                  />
                )}
              </li>
            )
          })}
        </ul>
      )}
    </Panel>
  )
}
