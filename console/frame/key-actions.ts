/** What single keys do. */
import { say } from '../data/act.ts'
import { curlOf } from '../data/copy.ts'
import { move } from '../data/move.ts'
import { go, href, path } from '../data/route.ts'
import { canAct } from '../data/store.ts'
import { clock, cursor, lookAt } from '../data/time.ts'
import { PAGES } from '../pages/pages.ts'
import { focusedAction } from '../parts/button.tsx'
import { copyText } from '../parts/copy-menu.tsx'
import type { Key } from './key-settings.ts'
import { open } from './opened.ts'
import { isPresenting, togglePresentation } from './presenting.ts'
import { isTyping } from './typing.ts'

/** Opens the page whose key comes after `g`. */
export function openPage(key: string): void {
  const page = PAGES.find(one => one.key === key && !one.isHidden?.())
  if (page) go(`#/${page.path}`)
}

export const ACTIONS: Readonly<Record<Exclude<Key, '/'>, () => void>> = {
  '?': () => open('keys'),
  j: () => walk(1),
  k: () => walk(-1),
  t: ifAllowed(() => {
    isTyping.value = true
  }),
  f: ifAllowed(() => move(clock.value?.frozen ? { resume: true } : { freeze: true })),
  n: ifAllowed(() => {
    const next = clock.value?.next_due
    if (next) move({ set: next })
    else say('Nothing is due.')
  }),
  '.': ifAllowed(() => move({ advance: '10s' })),
  P: togglePresentation,
  c: () => void copyFocused(),
  Escape: leave,
}

function ifAllowed(run: () => void): () => void {
  return () => {
    if (canAct.value) run()
  }
}

/** Walks through the rows of the page. */
function walk(step: 1 | -1): void {
  const rows = [...document.querySelectorAll<HTMLElement>('main [data-row]')]
  const at = rows.findIndex(row => row.contains(document.activeElement))
  const next = rows[at === -1 ? (step === 1 ? 0 : rows.length - 1) : at + step]
  next?.focus()
}

/** Escape ends the time cursor, then leads from a detail to its list, then ends the presentation. */
function leave(): void {
  if (cursor.value !== undefined) lookAt(undefined)
  else if (path.value.length > 1) go(href(path.value[0] === 'tunnels' ? [] : path.value.slice(0, -1)))
  else if (isPresenting.value) togglePresentation()
}

async function copyFocused(): Promise<void> {
  const action = focusedAction()
  if (!action) return say('Focus a button that changes something, then press c to copy it as curl.')
  await copyText(curlOf(action))
}
