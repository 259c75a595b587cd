/** Single keys. None acts while someone types, or while a dialog or a menu is open. */
import { say } from '../data/act.ts'
import { move } from '../data/move.ts'
import { go, href, path } from '../data/route.ts'
import { canAct } from '../data/store.ts'
import { clock, cursor, lookAt } from '../data/time.ts'
import { PAGES } from '../pages/pages.ts'
import { focusedAction } from '../parts/button.tsx'
import { areKeysOn } from './key-settings.ts'
import { open } from './opened.ts'
import { togglePresentation } from './presenting.ts'
import { isTyping } from './typing.ts'

/** The second key of two must come this soon. */
const SECOND_KEY_WITHIN_MS = 1_500

let pressedG = -Infinity

function onKeyDown(event: KeyboardEvent): void {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k' && !event.shiftKey && !event.altKey) {
    event.preventDefault()
    open('jump')
    return
  }
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isElsewhere(event.target)) return
  if (event.key === 'Escape') leave()
  if (!areKeysOn.value || event.repeat) return

  const isSecond = event.timeStamp - pressedG < SECOND_KEY_WITHIN_MS
  pressedG = event.key === 'g' && !isSecond ? event.timeStamp : -Infinity
  const run = isSecond ? pageOf(event.key) : ACTIONS[event.key]
  if (!run) return
  event.preventDefault()
  run()
}

/** In a field, a dialog or a menu, keys mean what they mean there. */
function isElsewhere(target: EventTarget | null): boolean {
  return (
    document.querySelector('dialog[open], [role=menu]') !== null ||
    (target instanceof Element && target.closest('input, textarea, select, [contenteditable]') !== null)
  )
}

function pageOf(key: string): (() => void) | undefined {
  const page = PAGES.find(one => one.key === key && !one.isHidden?.())
  return page && (() => go(`#/${page.path}`))
}

const ACTIONS: Readonly<Record<string, () => void>> = {
  '?': () => open('keys'),
  '/': () => document.querySelector<HTMLElement>('main input[type=search]')?.focus(),
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

/** Escape ends the time cursor, then leads from a detail to its list. */
function leave(): void {
  if (cursor.value !== undefined) lookAt(undefined)
  else if (path.value.length > 1) go(href(path.value[0] === 'tunnels' ? [] : path.value.slice(0, -1)))
}

async function copyFocused(): Promise<void> {
  const action = focusedAction()
  if (!action) return say('Focus a button that changes something, then press c to copy it as curl.')
  const [{ curlOf }, { copyText }] = await Promise.all([import('../data/copy.ts'), import('../parts/copy-menu.tsx')])
  await copyText(curlOf(action))
}

addEventListener('keydown', onKeyDown)
