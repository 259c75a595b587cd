import { useEffect } from 'preact/hooks'
import { dismiss, type Notice, notices } from '../data/act.ts'
import { Button } from '../parts/button.tsx'

/** A failure stays until someone closes it. */
const SHOWN_MS = 8_000

export function Notices() {
  return (
    <div class="notices" role="status">
      {notices.value.map(notice => (
        <NoticeLine key={notice.id} notice={notice} />
      ))}
    </div>
  )
}

function NoticeLine({ notice: { id, text, kind, offer } }: { notice: Notice }) {
  useEffect(() => {
    if (kind === 'failed') return
    const timer = setTimeout(() => dismiss(id), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [])
  return (
    <p class={`notice ${kind}`}>
      <span>{text}</span>
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
    </p>
  )
}
