import type { OverviewTunnel } from '../../../schemas/control/overview.ts'
import { isWatching } from '../../data/store.ts'
import { visible } from '../../parts/format.ts'
import { Icon } from '../../parts/icon.tsx'
import { shownVerbs } from './verbs-open.ts'

/** Opens the sheet with what can be done to the connectors of a tunnel. */
export function MoreButton({ tunnel: { tunnel_id, name }, isStop }: { tunnel: OverviewTunnel; isStop: boolean }) {
  if (isWatching.value) return null
  return (
    <button
      type="button"
      class="button quiet icon-only tunnel-more"
      aria-label={`Actions for ${visible(name) || tunnel_id}`}
      aria-haspopup="dialog"
      tabIndex={isStop ? 0 : -1}
      onClick={({ currentTarget }) => {
        shownVerbs.value = { tunnel_id, button: currentTarget }
      }}
    >
      <Icon name="more" size={18} />
    </button>
  )
}
