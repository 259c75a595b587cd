import { signal } from '@preact/signals'

/** Whether someone types a time into the clock. */
export const isTyping = signal(false)
