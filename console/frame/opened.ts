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

/** A dialog tells late that it was closed: by then another may be open. */
export function closed(name: OverlayName): void {
  if (opened.value === name) close()
}

addEventListener('hashchange', close)
