/** The list of requests: the rows near the screen, the newest on top. */
import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import type { RequestSummary } from '../../../schemas/control/journal.ts'
import { Icon } from '../../parts/icon.tsx'
import { useVisibleRows } from '../../parts/visible-rows.ts'
import { Row } from './row.tsx'

const ROW_PX = 36
const TALL_ROW_PX = 56

/** Narrower lists have two lines a row. */
const NARROW_PX = 640

const HEADINGS = ['#', 'Time', 'Status', 'Method', 'Operation', 'Tunnel', 'Took', 'Marks']

interface ListProps {
  /** The newest first. */
  readonly entries: readonly RequestSummary[]
  readonly selectedId: number | undefined
}

export function RequestList({ entries, selectedId }: ListProps) {
  const frame = useRef<HTMLElement>(null)
  const isNarrow = useSignal(false)
  const rowHeight = isNarrow.value ? TALL_ROW_PX : ROW_PX
  const { place, range, isAway } = useVisibleRows(rowHeight)
  const isPointed = useSignal(false)
  const focusedId = useSignal<number | undefined>(undefined)
  const held = useRef<readonly RequestSummary[] | undefined>(undefined)

  useEffect(() => {
    const observer = new ResizeObserver(([entry]) => {
      if (entry && entry.contentRect.width > 0) isNarrow.value = entry.contentRect.width < NARROW_PX
    })
    if (frame.current) observer.observe(frame.current)
    return () => observer.disconnect()
  }, [])

  // Rows do not move under a pointer, nor while someone reads further down.
  const mustHold = isAway.value || isPointed.value || focusedId.value !== undefined
  const isReplaced = (entries[0]?.id ?? 0) < (held.current?.[0]?.id ?? 0)
  held.current = mustHold && !isReplaced ? (held.current ?? entries) : undefined
  const shown = held.current ?? entries
  const news = shown === entries ? 0 : newerThan(shown[0]?.id ?? 0, entries)

  const { first, last } = range.value
  const rows = shown.slice(first, last)
  const tabStop = [focusedId.value, selectedId].find(id => rows.some(row => row.id === id)) ?? rows[0]?.id
  const showNewest = (): void => {
    held.current = undefined
    focusedId.value = undefined
    isPointed.value = false
    place.current?.parentElement?.scrollTo({ top: 0 })
    frame.current?.scrollIntoView({ block: 'nearest' })
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step === undefined) return
    const links = [...(place.current?.querySelectorAll<HTMLElement>('[data-row]') ?? [])]
    links[links.indexOf(event.target as HTMLElement) + step]?.focus()
    event.preventDefault()
  }

  return (
    <section
      class={`log${isNarrow.value ? ' narrow' : ''}`}
      ref={frame}
      aria-label="Request log"
      onPointerEnter={({ pointerType }) => {
        isPointed.value = pointerType === 'mouse'
      }}
      onPointerLeave={() => {
        isPointed.value = false
      }}
      onFocusIn={({ target }) => {
        focusedId.value = Number((target as HTMLElement).dataset.row ?? 0)
      }}
      onFocusOut={({ relatedTarget }) => {
        if (!frame.current?.contains(relatedTarget as Node | null)) focusedId.value = undefined
      }}
    >
      {news > 0 && (
        <button type="button" class="button primary news" onClick={showNewest}>
          <Icon name="up" size={14} /> {news.toLocaleString('en')} new
        </button>
      )}
      <div class="log-scroll">
        <div class="log-head" aria-hidden="true">
          {HEADINGS.map(heading => (
            <span key={heading}>{heading}</span>
          ))}
        </div>
        <div ref={place} style={{ height: `${shown.length * rowHeight}px` }}>
          <ol aria-label="Requests, the newest first" onKeyDown={onKeyDown}>
            {rows.map((entry, index) => (
              <Row
                key={entry.id}
                entry={entry}
                index={first + index}
                total={shown.length}
                top={(first + index) * rowHeight}
                isCurrent={entry.id === selectedId}
                isTabStop={entry.id === tabStop}
              />
            ))}
          </ol>
        </div>
      </div>
    </section>
  )
}

/** How many entries came after the one with this id; none if the log began again. */
function newerThan(id: number, entries: readonly RequestSummary[]): number {
  const at = entries.findIndex(entry => entry.id <= id)
  return at === -1 ? entries.length : at
}
