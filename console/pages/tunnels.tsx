import { path } from '../data/route.ts'
import { overview, tunnels } from '../data/store.ts'
import { count } from '../parts/format.ts'
import { PageHead, Panel } from '../parts/page.tsx'
import { Glyph, StatusWord } from '../parts/status.tsx'
import { Tunnel } from './tunnel.tsx'

/** `#/` and `#/tunnels/{id}`. */
export function Tunnels() {
  if (path.value[1] !== undefined) return <Tunnel />
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
