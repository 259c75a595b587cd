/** Which rows of a long list are near the screen. It does not matter what scrolls them. */
import { type ReadonlySignal, useSignal } from '@preact/signals'
import type { RefObject } from 'preact'
import { useEffect, useRef } from 'preact/hooks'

/** Rows beyond the screen on each side, so that fast scrolling shows no gap. */
const EXTRA = 10

/** What stays above the rows while the whole document scrolls. */
const HEAD_PX = 100

export interface VisibleRows {
  /** For the element that is as high as all rows. */
  readonly place: RefObject<HTMLDivElement | null>
  readonly range: ReadonlySignal<{ readonly first: number; readonly last: number }>
  /** Whether the first row is scrolled out of sight. */
  readonly isAway: ReadonlySignal<boolean>
}

export function useVisibleRows(rowHeight: number): VisibleRows {
  const place = useRef<HTMLDivElement>(null)
  const range = useSignal({ first: 0, last: 40 })
  const isAway = useSignal(false)

  useEffect(() => {
    const measure = (): void => {
      const rows = place.current
      if (!rows || rows.offsetParent === null) return
      const { top } = rows.getBoundingClientRect()
      const first = Math.max(0, Math.floor(-top / rowHeight) - EXTRA)
      const last = Math.ceil((innerHeight - top) / rowHeight) + EXTRA
      if (first !== range.value.first || last !== range.value.last) range.value = { first, last }
      isAway.value = top < HEAD_PX || (rows.parentElement?.scrollTop ?? 0) > 4
    }
    measure()
    const observer = new ResizeObserver(measure)
    if (place.current) observer.observe(place.current)
    document.addEventListener('scroll', measure, { capture: true, passive: true })
    addEventListener('resize', measure)
    return () => {
      observer.disconnect()
      document.removeEventListener('scroll', measure, { capture: true })
      removeEventListener('resize', measure)
    }
  }, [rowHeight])

  return { place, range, isAway }
}
