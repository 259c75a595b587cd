import type { ClientHttp2Session } from 'node:http2'
import type { Flow } from './flow.ts'

/**
 * Calls `onDead` once when the other side of a session no longer answers: its process is stopped,
 * its network is gone, or Node lost the session without an event. A session that a fault stalls is
 * not watched.
 */
export function watchSession(
  session: ClientHttp2Session,
  flow: Flow,
  { every_ms, timeout_ms }: { readonly every_ms: number; readonly timeout_ms: number },
  onDead: () => void,
): void {
  let deadline: NodeJS.Timeout | undefined

  const timer = setInterval(() => {
    if (deadline || session.destroyed || flow.stalled()) return

    deadline = setTimeout(onDead, timeout_ms).unref()
    session.ping(() => {
      clearTimeout(deadline)
      deadline = undefined
    })
  }, every_ms).unref()

  session.once('close', () => {
    clearInterval(timer)
    clearTimeout(deadline)
  })
}
