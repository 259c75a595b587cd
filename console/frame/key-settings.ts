/** The keys that act alone, and whether they do. */
import { effect, signal } from '@preact/signals'

export const KEYS = ['?', '/', 'j', 'k', 't', 'f', 'n', '.', 'P', 'c', 'Escape'] as const
export type Key = (typeof KEYS)[number]

/** As people know it from other pages of their machine. */
export const JUMP_KEY = /Mac|iPhone|iPad/.test(navigator.platform) ? '⌘K' : 'Ctrl K'

const STORED = 'mockflared-keys'

/** Single keys disturb people who speak to their machine, so they can be switched off. */
export const areKeysOn = signal(localStorage.getItem(STORED) !== 'off')

effect(() => {
  localStorage.setItem(STORED, areKeysOn.value ? 'on' : 'off')
})
