import { signal } from '@preact/signals'

export type OverlayName = 'jump' | 'keys' | 'worlds'

/** What is open above the page. */
export const opened = signal<OverlayName | undefined>(undefined)

export function open(name: OverlayName): void {
  opened.value = name
}

export function close(): void {
  opened.value = undefined
}

addEventListener('hashchange', close)
