import { signal } from '@preact/signals'

/** The tunnel whose connectors' actions are shown, and the button that showed them. */
export const shownVerbs = signal<{ readonly tunnel_id: string; readonly button: HTMLElement } | undefined>(undefined)
