import type { OverviewTunnel } from '../../../schemas/control/overview.ts'
import { Copyable } from '../../parts/copy-menu.tsx'
import { Empty } from '../../parts/states.tsx'
import { curlOfPut } from './api-curl.ts'
import { Publish } from './publish.tsx'

const FIRST = {
  ingress: [{ hostname: 'www.example.com', service: 'http://localhost:8080' }, { service: 'http_status:404' }],
}

/** Why a tunnel has no version yet, and how to publish one. */
export function NoConfiguration({ tunnel }: { tunnel: OverviewTunnel }) {
  if (tunnel.deleted_at !== null) return <Empty title="The tunnel was deleted before it had a configuration" />
  if (tunnel.config_src === 'local') {
    return (
      <>
        <Empty title="No connector has reported a configuration">
          <p>The tunnel is configured locally: each cloudflared reads its own file and reports it when it connects.</p>
        </Empty>
        <Publish tunnel={tunnel} config={FIRST} />
      </>
    )
  }
  return (
    <Empty title="No configuration is published yet">
      <p>Until then, cloudflared answers every request with 503. Publish one:</p>
      <Copyable text={curlOfPut(tunnel, FIRST)} label="as curl" />
    </Empty>
  )
}
