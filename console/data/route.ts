/** The view is in the hash, so it reaches no server and no log: `#/tunnels/{id}?tab=versions`. */
import { computed, signal } from '@preact/signals'

const hash = signal(location.hash)

addEventListener('hashchange', () => {
  hash.value = location.hash
})

/** The path of the view in segments, decoded. Of `#/tunnels/abc`: tunnels, abc. */
export const path = computed(() =>
  (hash.value.slice(1).split('?')[0] ?? '')
    .split('/')
    .filter(part => part !== '')
    .map(decoded),
)

export const query = computed(() => new URLSearchParams(hash.value.split('?').slice(1).join('?')))

export type QueryChanges = Readonly<Record<string, string | undefined>>

/** The first segments of views that show the instant of the time cursor. */
const PAST = ['', 'tunnels', 'requests']

/** The hash of a view. It keeps the time cursor, where the view shows the past, and the presentation. */
export function href(segments: readonly string[], parameters: QueryChanges = {}): string {
  const showsPast = PAST.includes(segments[0] ?? '')
  const kept = { at: showsPast ? parameter('at') : undefined, present: parameter('present') }
  const given = Object.entries({ ...kept, ...parameters }).filter(
    (pair): pair is [string, string] => pair[1] !== undefined,
  )
  const search = new URLSearchParams(given).toString()
  return `#/${segments.map(encodeURIComponent).join('/')}${search && `?${search}`}`
}

function parameter(name: string): string | undefined {
  return query.value.get(name) ?? undefined
}

export function go(target: string): void {
  location.hash = target
}

/** Changes parameters of the present view. It is the same view, so Back does not stop at it. */
export function setQuery(changes: QueryChanges): void {
  const next = { ...Object.fromEntries(query.value), ...changes }
  history.replaceState(null, '', href(path.value, next))
  hash.value = location.hash
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
