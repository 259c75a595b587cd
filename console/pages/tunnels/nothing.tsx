/** Why no tunnel is shown, and what to do. */
import { setQuery } from '../../data/route.ts'
import { info } from '../../data/store.ts'
import { cursor } from '../../data/time.ts'
import { Button } from '../../parts/button.tsx'
import { Copyable } from '../../parts/copy-menu.tsx'
import { timeOf } from '../../parts/format.ts'
import { Empty } from '../../parts/states.tsx'
import { deletedCount, find, present, status, withDeleted } from './rows.ts'

export function Nothing() {
  if (find.value !== '' || status.value !== undefined) {
    return (
      <Empty title="No tunnel matches">
        <p>The filters hide all {present.value.length + (withDeleted.value ? deletedCount.value : 0)} of them.</p>
        <Button label="Show all tunnels" onPress={() => setQuery({ find: undefined, status: undefined })} />
      </Empty>
    )
  }
  if (cursor.value !== undefined) return <Empty title={`There was no tunnel at ${timeOf(cursor.value)}`} />
  return (
    <Empty title="No tunnels yet">
      <p>Create one with the API that your program uses:</p>
      <Copyable text={creation()} label="the command that creates a tunnel" />
      <p>
        Or start the server with a dozen of them: <code>mockflared --seed demo</code>
      </p>
    </Empty>
  )
}

function creation(): string {
  const { base_url = '', account_id = '' } = info.value ?? {}
  return `curl ${base_url}/accounts/${account_id}/cfd_tunnel --header "Authorization: Bearer $CLOUDFLARE_API_TOKEN" --data '{"name": "blog", "config_src": "cloudflare"}'`
}
