/** Single keys disturb people who speak to their machine, so they can be switched off. */
import { effect, signal } from '@preact/signals'

/** As people know it from other pages of their machine. */
export const JUMP_KEY = /Mac|iPhone|iPad/.test(navigator.platform) ? '⌘K' : 'Ctrl K'

const KEY = 'mockflared-keys'

export const areKeysOn = signal(localStorage.getItem(KEY) !== 'off')

effect(() => {
  localStorage.setItem(KEY, areKeysOn.value ? 'on' : 'off')
})
