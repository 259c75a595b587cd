import { effect } from '@preact/signals'
import { worldName } from '../data/place.ts'
import { path } from '../data/route.ts'
import { failure, overview } from '../data/store.ts'
import { Activity } from './activity.tsx'
import { ClockBar } from './clock-bar.tsx'
import { Notices } from './notices.tsx'
import { Rail } from './rail.tsx'
import { Refused } from './refused.tsx'
import { Top } from './top.tsx'
import { pageAt, View } from './view.tsx'

/** Everything around a page. */
export function Frame() {
  const isRefused = failure.value !== undefined && overview.value === undefined
  return (
    <div class="frame">
      <button type="button" class="skip" onClick={skip}>
        Skip to the page
      </button>
      <Top />
      <ClockBar />
      <Rail />
      <main class="main" id="main" tabIndex={-1}>
        {isRefused ? <Refused error={failure.value} /> : <View />}
      </main>
      <Activity />
      <Notices />
    </div>
  )
}

/** The hash is the view, so a link cannot lead to an element. */
function skip(): void {
  document.getElementById('main')?.focus()
}

effect(() => {
  const [, ...rest] = path.value
  document.title = [...rest.slice(0, 1), pageAt(path.value)?.name, worldName, 'mockflared'].filter(Boolean).join(' · ')
})
