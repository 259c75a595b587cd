import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'

/** A row of buttons that is one tab stop. Arrow keys move among those that can be pressed. */
export function Toolbar({ label, children }: { label: string; children: ComponentChildren }) {
  const place = useRef<HTMLDivElement>(null)
  const stops = (): readonly HTMLButtonElement[] => [
    ...(place.current?.querySelectorAll<HTMLButtonElement>('button:not(:disabled, [role=menuitem])') ?? []),
  ]
  const keepOneStop = (wanted?: HTMLButtonElement): void => {
    const all = stops()
    const kept = wanted ?? all.find(button => button.tabIndex === 0) ?? all[0]
    for (const button of all) button.tabIndex = button === kept ? 0 : -1
  }
  useEffect(() => keepOneStop())

  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    const all = stops()
    const at = all.indexOf(event.target as HTMLButtonElement)
    const next = step === undefined || at === -1 ? undefined : all.at((at + step) % all.length)
    if (!next) return
    event.preventDefault()
    keepOneStop(next)
    next.focus()
  }
  return (
    <div class="action-bar" role="toolbar" aria-label={label} ref={place} onKeyDown={onKeyDown}>
      {children}
    </div>
  )
}
