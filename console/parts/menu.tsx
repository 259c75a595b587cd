/** A button with a list of choices. Arrow keys move, Enter chooses, Escape closes. */
import { useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useEffect, useId, useRef } from 'preact/hooks'

export interface MenuItem {
  readonly label: string
  readonly onPress: () => void
  readonly isDisabled?: boolean
}

interface MenuProps {
  readonly label: string
  readonly button: ComponentChildren
  readonly kind?: 'attached' | 'quiet' | 'plain'
  /** Called when the menu opens, which may have to load code. */
  readonly children: () => readonly MenuItem[] | Promise<readonly MenuItem[]>
}

export function Menu({ label, button, kind = 'plain', children }: MenuProps) {
  const isOpen = useSignal(false)
  const items = useSignal<readonly MenuItem[]>([])
  const place = useRef<HTMLSpanElement>(null)
  const id = useId()
  const open = async (): Promise<void> => {
    items.value = await children()
    isOpen.value = true
  }
  const close = (): void => {
    if (!isOpen.value) return
    isOpen.value = false
    place.current?.querySelector('button')?.focus()
  }

  useEffect(() => {
    if (!isOpen.value) return
    place.current?.querySelector<HTMLElement>('[role=menuitem]')?.focus()
    const closeOutside = (event: Event): void => {
      if (!place.current?.contains(event.target as Node)) isOpen.value = false
    }
    addEventListener('pointerdown', closeOutside)
    return () => removeEventListener('pointerdown', closeOutside)
  }, [isOpen.value])

  const onKeyDown = (event: KeyboardEvent): void => {
    const items = [...(place.current?.querySelectorAll<HTMLElement>('[role=menuitem]:not(:disabled)') ?? [])]
    const at = items.indexOf(document.activeElement as HTMLElement)
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step !== undefined) items.at((at + step) % items.length)?.focus()
    else if (event.key === 'Escape') close()
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    <span class={`menu ${kind}`} ref={place}>
      <button
        type="button"
        class={`button ${kind} icon-only`}
        aria-label={label}
        title={label}
        aria-haspopup="menu"
        aria-expanded={isOpen.value}
        aria-controls={isOpen.value ? id : undefined}
        onClick={() => {
          if (isOpen.value) close()
          else void open()
        }}
      >
        {button}
      </button>
      {isOpen.value && (
        <span class="menu-list" id={id} role="menu" aria-label={label} onKeyDown={onKeyDown}>
          {items.value.map(item => (
            <button
              key={item.label}
              type="button"
              role="menuitem"
              tabIndex={-1}
              disabled={item.isDisabled}
              onClick={() => {
                close()
                item.onPress()
              }}
            >
              {item.label}
            </button>
          ))}
        </span>
      )}
    </span>
  )
}
