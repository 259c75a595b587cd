/** Moves the focus among the buttons or links of a group, which is one stop of the tab key. */

const STEPS: Readonly<Record<string, number>> = {
  ArrowDown: 1,
  ArrowRight: 1,
  ArrowUp: -1,
  ArrowLeft: -1,
  Home: Number.NEGATIVE_INFINITY,
  End: Number.POSITIVE_INFINITY,
}

export function moveFocus(event: KeyboardEvent): void {
  const step = STEPS[event.key]
  if (step === undefined) return
  const items = [...(event.currentTarget as HTMLElement).querySelectorAll<HTMLElement>('a, button')]
  const at = items.indexOf(document.activeElement as HTMLElement)
  event.preventDefault()
  items[Math.min(Math.max(at + step, 0), items.length - 1)]?.focus()
}
