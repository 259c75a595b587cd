/** A dialog above everything else. Escape and a press outside close it; focus goes back. */
import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'

interface DialogProps {
  readonly label: string
  readonly kind?: string
  readonly onClose: () => void
  readonly children: ComponentChildren
}

export function Dialog({ label, kind = '', onClose, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const before = document.activeElement
    const place = dialog.current
    const closeOutside = ({ target }: Event): void => {
      if (target === place) onClose()
    }
    place?.showModal()
    place?.addEventListener('pointerdown', closeOutside)
    return () => {
      if (before instanceof HTMLElement) before.focus()
    }
  }, [])
  return (
    <dialog ref={dialog} class={`dialog ${kind}`} aria-label={label} onClose={onClose}>
      <div class="dialog-body">{children}</div>
    </dialog>
  )
}
