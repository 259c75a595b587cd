import { effect } from '@preact/signals'
import { worldName } from '../data/place.ts'
import { path } from '../data/route.ts'
import { failure, nameOfTunnel, overview } from '../data/store.ts'
import { visible } from '../parts/format.ts'
import { Activity } from './activity.tsx'
import { ClockBar } from './clock-bar.tsx'
import { Gone } from './gone.tsx'
import './keys.ts'
import { Later } from './later.tsx'
import { Notices } from './notices.tsx'
import { Overlay } from './overlay.tsx'
import { isPresenting } from './presenting.ts'
import { Rail } from './rail.tsx'
import { TimeBanner } from './time-banner.tsx'
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
          <Later load={refused} />
        ) : (
          <>
            <Gone />
            <TimeBanner />
            <View />
          </>
        )}
      </main>
      <Activity />
      {isPresenting.value && <Later load={presentation} />}
      <Notices />
      <Overlay />
    </div>
  )
}

const presentation = async () => (await import('./presentation.tsx')).Presentation

const refused = async () => (await import('./refused.tsx')).Refused

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
