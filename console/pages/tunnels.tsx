import { overview, tunnels } from '../data/store.ts'
import { count } from '../parts/format.ts'
import { PageHead, Panel } from '../parts/page.tsx'
import { Glyph, StatusWord } from '../parts/status.tsx'

/** `#/`. */
export function Tunnels() {
  return (
    <>
      <PageHead
        title="Tunnels"
        facts={
          overview.value &&
          `${count(tunnels.value.length, 'tunnel')}, ${count(overview.value.accounts.length, 'account')}`
        }
      />
      <Panel>
        {tunnels.value.map(tunnel => (
          <p key={tunnel.tunnel_id}>
            <Glyph status={tunnel.status} /> {tunnel.name} <StatusWord status={tunnel.status} />
          </p>
        ))}
      </Panel>
    </>
  )
}
