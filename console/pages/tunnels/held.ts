/** Holds rows where they are while someone points at them, and then moves them. */
import { useSignal } from '@preact/signals'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { animate } from '../../picture/motion.ts'
import { heldOrder } from './order.ts'

interface Held<Row> {
  readonly rows: readonly Row[]
  /** For the element around the rows. */
  readonly handlers: {
    readonly onPointerEnter: () => void
    readonly onPointerLeave: () => void
    readonly onFocusIn: () => void
    readonly onFocusOut: (event: FocusEvent) => void
  }
}

/** `key` is what the user asked for: when it changes, the order may change at once. */
export function useHeldOrder<Row extends { readonly tunnel_id: string }>(rows: readonly Row[], key: string): Held<Row> {
  const isPointed = useSignal(false)
  const isFocused = useSignal(false)
  const shown = useRef<{ key: string; ids: readonly string[] }>({ key, ids: [] })
  const isHeld = (isPointed.value || isFocused.value) && shown.current.key === key
  const ordered = isHeld ? heldOrder(rows, shown.current.ids) : rows
  shown.current = { key, ids: ordered.map(({ tunnel_id }) => tunnel_id) }

  const set = (signal: typeof isPointed, value: boolean) => () => {
    signal.value = value
  }
  return {
    rows: ordered,
    handlers: {
      onPointerEnter: set(isPointed, true),
      onPointerLeave: set(isPointed, false),
      onFocusIn: set(isFocused, true),
      onFocusOut: ({ currentTarget, relatedTarget }) => {
        isFocused.value = (currentTarget as Node).contains(relatedTarget as Node | null)
      },
    },
  }
}

const MOVE_MS = 300

/** Lets rows that changed their place slide there. Their elements have `data-tunnel`. */
export function useSlidingRows(list: { readonly current: HTMLElement | null }): void {
  const before = useRef(new Map<string, number>())
  useLayoutEffect(() => {
    const elements = list.current?.querySelectorAll<HTMLElement>('[data-tunnel]') ?? []
    const tops = new Map(
      [...elements].map(element => [element.dataset.tunnel ?? '', Number.parseFloat(element.style.top)]),
    )
    for (const element of elements) {
      const id = element.dataset.tunnel ?? ''
      const moved = (before.current.get(id) ?? Number.NaN) - (tops.get(id) ?? 0)
      if (Number.isNaN(moved) || moved === 0) continue
      animate(element, [{ transform: `translateY(${moved}px)` }, { transform: 'none' }], MOVE_MS)
    }
    before.current = tops
  })
}
