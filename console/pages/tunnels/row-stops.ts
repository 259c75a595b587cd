/** One row of a list is a stop of the tab key. Arrow keys, j and k go to the others. */
import { useSignal } from '@preact/signals'
import type { RefObject } from 'preact'

const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1, Home: -1e6, End: 1e6 }

interface RowStops {
  readonly stopId: string | undefined
  readonly onKeyDown: (event: KeyboardEvent) => void
  readonly onFocusIn: (event: FocusEvent) => void
}

/** Rows are elements with `data-tunnel`; in each, the link has `data-row`. */
export function useRowStops(
  rows: readonly { readonly tunnel_id: string }[],
  list: RefObject<HTMLElement | null>,
  rowHeight: number,
): RowStops {
  const stop = useSignal<string | undefined>(undefined)
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
      const next = Math.min(Math.max(at + step, 0), rows.length - 1)
      focusRow(list.current, rows[next]?.tunnel_id ?? '', next * rowHeight)
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
