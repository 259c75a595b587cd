/** What a list must know of the page around it. */
import { type Signal, useSignal } from '@preact/signals'
import type { RefObject } from 'preact'
import { useLayoutEffect } from 'preact/hooks'

/** The width of an element in pixels; 0 before it is known. */
export function useWidth(element: RefObject<HTMLElement | null>): number {
  const width = useSignal(0)
  useLayoutEffect(() => {
    const target = element.current
    if (!target) return
    width.value = target.clientWidth
    const observer = new ResizeObserver(() => {
      width.value = target.clientWidth
    })
    observer.observe(target)
    return () => observer.disconnect()
  }, [])
  return width.value
}

export interface Slice {
  readonly first: number
  /** The first one after it. */
  readonly end: number
}

/** Rows above and below the screen that are drawn as well. */
const MARGIN = 6

/** The rows on the screen, or all when they are `few`. */
export function useSlice(
  element: RefObject<HTMLElement | null>,
  { length, rowHeight, few }: { length: number; rowHeight: number; few: number },
): Slice {
  const slice = useSignal<Slice>({ first: 0, end: Math.min(length, few) })
  const isAll = length <= few
  useLayoutEffect(() => {
    if (isAll) return
    const update = (): void => read(element.current, rowHeight, slice)
    update()
    // Whatever scrolls, the page or its main part.
    addEventListener('scroll', update, { capture: true, passive: true })
    addEventListener('resize', update)
    return () => {
      removeEventListener('scroll', update, { capture: true })
      removeEventListener('resize', update)
    }
  }, [isAll, rowHeight])
  if (isAll) return { first: 0, end: length }
  const end = Math.min(slice.value.end, length)
  return { first: Math.min(slice.value.first, end), end }
}

function read(target: HTMLElement | null, rowHeight: number, slice: Signal<Slice>): void {
  if (!target) return
  const { top } = target.getBoundingClientRect()
  const first = Math.max(Math.floor(-top / rowHeight) - MARGIN, 0)
  const end = first + Math.ceil(innerHeight / rowHeight) + 2 * MARGIN
  if (first !== slice.peek().first || end !== slice.peek().end) slice.value = { first, end }
}
