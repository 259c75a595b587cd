import { worldName } from '../data/place.ts'
import { overview } from '../data/store.ts'
import { Icon } from '../parts/icon.tsx'
import { EvidenceChip, FaultsBolt } from './chips.tsx'
import { JUMP_KEY } from './key-settings.ts'
import { LiveChip } from './live-state.tsx'
import { open, opened } from './opened.ts'
import { ThemeButton } from './theme.tsx'

export function Top() {
  return (
    <header class="top">
      <a class="brand" href="#/">
        <Icon name="brand" size={22} />
        <span>mockflared</span>
      </a>
      <button
        type="button"
        class="button world-button"
        aria-haspopup="dialog"
        aria-expanded={opened.value === 'worlds'}
        onClick={() => open('worlds')}
      >
        <span class="quiet-text">world</span>
        <b class="cut">{worldName}</b>
        <Icon name="down" size={14} />
      </button>
      <span class="space" />
      <LiveChip isQuietWhenLive />
      <FaultsBolt />
      {overview.value && <EvidenceChip />}
      <button
        type="button"
        class="button jump-button"
        aria-keyshortcuts="Control+K Meta+K"
        onClick={() => open('jump')}
      >
        <Icon name="explain" />
        <span>Jump to…</span>
        <kbd>{JUMP_KEY}</kbd>
      </button>
      <ThemeButton />
    </header>
  )
}
