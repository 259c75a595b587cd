/** Single keys. None acts while someone types, or while a dialog or a menu is open. */
import { sayNotLoaded } from '../data/act.ts'
import { areKeysOn, KEYS, type Key } from './key-settings.ts'
import { open } from './opened.ts'

/** The second key of two must come this soon. */
const SECOND_KEY_WITHIN_MS = 1_500

let pressedG = Number.NEGATIVE_INFINITY

function onKeyDown(event: KeyboardEvent): void {
  const { key } = event
  if (isJump(event)) {
    event.preventDefault()
    open('jump')
    return
  }
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || event.repeat) return
  if (isElsewhere(event.target) || (key !== 'Escape' && !areKeysOn.value)) return

  const isSecond = event.timeStamp - pressedG < SECOND_KEY_WITHIN_MS
  pressedG = key === 'g' && !isSecond ? event.timeStamp : Number.NEGATIVE_INFINITY
  const known = KEYS.find(one => one === key)
  if (!isSecond && !known) return
  event.preventDefault()
  // At once, since the next key belongs into the field.
  if (known === '/') document.querySelector<HTMLElement>('main input[type=search]')?.focus()
  else run(isSecond ? undefined : known, key).catch(sayNotLoaded)
}

/** The code of the keys is loaded with the first of them. */
async function run(known: Exclude<Key, '/'> | undefined, key: string): Promise<void> {
  const { ACTIONS, openPage } = await import('./key-actions.ts')
  if (known) ACTIONS[known]()
  else openPage(key)
}

function isJump({ key, ctrlKey, metaKey, shiftKey, altKey }: KeyboardEvent): boolean {
  return (ctrlKey || metaKey) && key.toLowerCase() === 'k' && !shiftKey && !altKey
}

/**
 * In a field, a dialog or a menu, keys mean what they mean there. A dialog that was just closed may
 * still have the focus in its field.
 */
function isElsewhere(target: EventTarget | null): boolean {
  if (document.querySelector('dialog[open], [role=menu]') !== null) return true
  const field = target instanceof Element ? target.closest('input, textarea, select, [contenteditable]') : null
  return field !== null && field.closest('dialog') === null
}

addEventListener('keydown', onKeyDown)
