import { effect } from '@preact/signals'
import { player } from '../data/control.ts'
import { live } from '../data/live.ts'
import { worldName } from '../data/place.ts'
import { path } from '../data/route.ts'
import { failure, nameOfTunnel, overview } from '../data/store.ts'
import { cursor } from '../data/time.ts'
import { visible } from '../parts/format.ts'
import { lazy } from '../parts/lazy.tsx'
import { Activity } from './activity.tsx'
import { ClockBar } from './clock-bar.tsx'
import './dropped-files.ts'
import './keys.ts'
import { Notices } from './notices.tsx'
import { Overlay } from './overlay.tsx'
import { isPresenting } from './presenting.ts'
import { Rail } from './rail.tsx'
import { Top } from './top.tsx'
import { pageAt, View } from './view.tsx'

/** Everything around a page. */
export function Frame() {
  const isRefused = failure.value !== undefined && overview.value === undefined
  return (
    <div class={`frame${isPresenting.value ? ' presenting' : ''}`}>
      <button type="button" class="skip" onClick={skip}>
        Skip to the page
      </button>
      <Top />
      <ClockBar />
      <Rail />
      <main class="main" id="main" tabIndex={-1}>
        {isRefused ? (
          <Refused />
        ) : (
          <>
            {player.value && <RecordingBanner />}
            {live.value.state === 'refused' && <Gone />}
            {cursor.value !== undefined && <TimeBanner />}
            <View />
          </>
        )}
      </main>
      <Activity />
      {isPresenting.value && <Presentation />}
      <Notices />
      <Overlay />
    </div>
  )
}

const Presentation = lazy(async () => (await import('./presentation.tsx')).Presentation)

const RecordingBanner = lazy(async () => (await import('./recording-banner.tsx')).RecordingBanner)
const Gone = lazy(async () => (await import('./gone.tsx')).Gone)
const TimeBanner = lazy(async () => (await import('./time-banner.tsx')).TimeBanner)
const Refused = lazy(async () => (await import('./refused.tsx')).Refused)

/** The hash is the view, so a link cannot lead to an element. */
function skip(): void {
  document.getElementById('main')?.focus()
}

effect(() => {
  const [first, id] = path.value
  const object = id !== undefined && first === 'tunnels' ? visible(nameOfTunnel(id)) : id
  const page = pageAt(path.value)?.name
  document.title = [object ?? page, worldName, 'mockflared'].filter(Boolean).join(' · ')
})
