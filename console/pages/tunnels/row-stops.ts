/** One row of a list is a stop of the tab key. Arrow keys, j and k go to the others. */
import { useSignal } from '@preact/signals'
import type { RefObject } from 'preact'
import { useLayoutEffect } from 'preact/hooks'

const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1, Home: -1e6, End: 1e6 }

/** Who comes back to the same view finds the row that they opened. */
let opened: { readonly hash: string; readonly id: string } | undefined

interface RowStops {
  readonly stopId: string | undefined
  readonly onKeyDown: (event: KeyboardEvent) => void
  readonly onFocusIn: (event: FocusEvent) => void
  readonly onClick: (event: MouseEvent) => void
}

/** Rows are elements with `data-tunnel`; in each, the link has `data-row`. */
export function useRowStops(
  rows: readonly { readonly tunnel_id: string }[],
  list: RefObject<HTMLElement | null>,
  rowHeight: number,
): RowStops {
  const stop = useSignal<string | undefined>(undefined)
  const focus = (at: number): void => focusRow(list.current, rows[at]?.tunnel_id ?? '', at * rowHeight)
  useLayoutEffect(() => {
    const at = opened?.hash === location.hash ? rows.findIndex(({ tunnel_id }) => tunnel_id === opened?.id) : -1
    opened = undefined
    const place = list.current
    if (at < 0 || !place) return
    // As long as the focus is in the page, the frame does not put it on the heading.
    place.tabIndex = -1
    place.focus({ preventScroll: true })
    place.addEventListener('blur', () => place.removeAttribute('tabindex'), { once: true })
    requestAnimationFrame(() => focus(at))
  }, [])
  const isThere = rows.some(({ tunnel_id }) => tunnel_id === stop.value)
  return {
    stopId: isThere ? stop.value : rows[0]?.tunnel_id,
    onFocusIn: ({ target }) => {
      stop.value = rowOf(target) ?? stop.value
    },
    onKeyDown: event => {
      const step = STEPS[event.key]
      const here = rowOf(event.target)
      if (step === undefined || here === undefined || event.ctrlKey || event.metaKey || event.altKey) return
      event.preventDefault()
      event.stopPropagation()
      const at = rows.findIndex(({ tunnel_id }) => tunnel_id === here)
      focus(Math.min(Math.max(at + step, 0), rows.length - 1))
    },
    onClick: ({ target }) => {
      const id = (target as HTMLElement).closest('[data-row]') ? rowOf(target) : undefined
      if (id !== undefined) opened = { hash: location.hash, id }
    },
  }
}

export function rowOf(target: EventTarget | null): string | undefined {
  return (target as HTMLElement | null)?.closest<HTMLElement>('[data-tunnel]')?.dataset.tunnel
}

/** A row that is not drawn yet appears once the page has scrolled to it. */
function focusRow(list: HTMLElement | null, id: string, top: number): void {
  const link = (): HTMLElement | null =>
    list?.querySelector<HTMLElement>(`[data-tunnel="${CSS.escape(id)}"] [data-row]`) ?? null
  if (link()) {
    link()?.focus()
    return
  }
  const y = (list?.getBoundingClientRect().top ?? 0) + top - innerHeight / 2
  // Which of the two scrolls depends on the width of the window.
  document.getElementById('main')?.scrollBy({ top: y, behavior: 'instant' })
  scrollBy({ top: y, behavior: 'instant' })
  requestAnimationFrame(() => requestAnimationFrame(() => link()?.focus()))
}
