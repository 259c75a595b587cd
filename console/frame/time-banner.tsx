import { path } from '../data/route.ts'
import { cursor, lookAt, now } from '../data/time.ts'
import { dateOf, spanOf, timeOf } from '../parts/format.ts'
import { Icon } from '../parts/icon.tsx'
import { pageAt } from './view.tsx'

/** Says that the page looks at another time, and leads back. */
export function TimeBanner() {
  const at = cursor.value
  if (at === undefined) return null

  const day = dateOf(at) === dateOf(now.value) ? '' : `${dateOf(at)} `
  return (
    <div class="banner" role="status">
      <Icon name="past" size={18} />
      <p>
        {pageAt(path.value)?.showsPast ? 'Looking at ' : 'This page shows now. Tunnels look at '}
        <b class="figures">
          {day}
          {timeOf(at)}
        </b>
        , {distanceWords(at - now.value)}. The world is not moved.
      </p>
      <button type="button" class="button" onClick={() => lookAt(undefined)}>
        <span>Back to now</span>
        <kbd>Esc</kbd>
      </button>
    </div>
  )
}

function distanceWords(ms: number): string {
  if (Math.abs(ms) < 1_000) return 'which is now'
  return `${spanOf(ms)} ${ms > 0 ? 'ahead' : 'ago'}`
}
