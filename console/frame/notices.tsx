import { useEffect, useState } from 'preact/hooks'
import { dismiss, type Notice, notices } from '../data/act.ts'
import { Button } from '../parts/button.tsx'
import { announced } from './announce.ts'

/** A failure stays until someone closes it. */
const SHOWN_MS = 8_000

export function Notices() {
  return (
    <>
      <p class="off-screen" role="status">
        {announced.value}
      </p>
      <section class="notices" aria-label="Notices">
        {notices.value.map(notice => (
          <NoticeLine key={notice.id} notice={notice} />
        ))}
      </section>
    </>
  )
}

/** It stays while the pointer or the focus is in it: someone may be about to press Undo. */
function NoticeLine({ notice: { id, text, kind, offer } }: { notice: Notice }) {
  const [isHeld, hold] = useState(false)
  useEffect(() => {
    if (kind === 'failed' || isHeld) return
    const timer = setTimeout(() => dismiss(id), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [isHeld])
  return (
    <div
      class={`notice ${kind}`}
      onPointerEnter={() => hold(true)}
      onPointerLeave={() => hold(false)}
      onFocusIn={() => hold(true)}
      onFocusOut={() => hold(false)}
    >
      <p>{text}</p>
      {offer && (
        <Button
          label={offer.label}
          icon="undo"
          onPress={() => {
            dismiss(id)
            offer.run()
          }}
        />
      )}
      <Button label="Close" icon="close" isIconOnly kind="quiet" onPress={() => dismiss(id)} />
    </div>
  )
}
