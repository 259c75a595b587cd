import type { ClientHttp2Session } from 'node:http2'

/** Our limit for the time until a ping is answered. */
const PONG_TIMEOUT_MS = 5_000

/**
 * Calls `onDead` once when the other side of a session no longer answers: its process is stopped,
 * its network is gone, or Node lost the session without an event.
 */
export function watchSession(session: ClientHttp2Session, everyMs: number, onDead: () => void): void {
  let deadline: NodeJS.Timeout | undefined

  const timer = setInterval(() => {
    if (deadline) return

    deadline = setTimeout(onDead, PONG_TIMEOUT_MS).unref()
    session.ping(() => {
      clearTimeout(deadline)
      deadline = undefined
    })
  }, everyMs).unref()

  session.once('close', () => {
    clearInterval(timer)
    clearTimeout(deadline)
  })
}
