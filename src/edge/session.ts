/** One TLS connection of a cloudflared, from its accept until its end. */
import { connect } from 'node:http2'
import type { TLSSocket } from 'node:tls'
import { openControlStream } from './control-stream.ts'
import { createFlow, type Flow } from './flow.ts'
import type { LiveConnection } from './live-connection.ts'
import type { RegisterAnswer, RegisterCall } from './register-call.ts'
import { watchSession } from './watchdog.ts'

/** Our limit for the time from TLS to a registration. */
const REGISTER_TIMEOUT_MS = 5_000

/** Our limit for the time until a ping is answered. */
const PONG_TIMEOUT_MS = 5_000

/** Our choice: cloudflared reads a refusal in this time. */
const REFUSAL_LINGER_MS = 50

const MIB = 1_024 * 1_024

/** Our choice: fast for one stream, and bounded for a visitor that reads slowly. */
const STREAM_WINDOW_BYTES = MIB
/** All streams of a connection share it, so that one slow visitor does not stop the others. */
const SESSION_WINDOW_BYTES = 16 * MIB
const MAX_HEADER_LIST_BYTES = 256 * 1_024
/** In MB: for hundreds of streams that wait for slow visitors. */
const MAX_SESSION_MEMORY_MB = 64

export interface Session {
  readonly open: LiveConnection['open']
  readonly flow: Flow
  /**
   * Ends the TCP connection. Nothing else makes cloudflared reconnect: after the end of the control
   * stream or of HTTP/2 it believes that it is connected (client: edge_reconnect).
   */
  readonly destroy: () => void
  readonly isEnded: () => boolean
}

export interface SessionHandlers {
  readonly register: (call: RegisterCall, session: Session) => Promise<RegisterAnswer>
  /** The registration was accepted, and cloudflared has the answer. */
  readonly registered: (session: Session) => void
  readonly unregister: (session: Session) => void
  readonly updateLocalConfiguration: (json: Buffer, session: Session) => void
  /** Called once, whatever ended the connection. */
  readonly ended: (session: Session) => void
}

export interface SessionOptions {
  readonly heartbeat_ms: number
  readonly register_timeout_ms?: number
  readonly pong_timeout_ms?: number
  readonly warn: (line: string) => void
}

/** Nothing that cloudflared does, or does not do, throws from here. */
export function openSession(
  socket: TLSSocket,
  handlers: SessionHandlers,
  { heartbeat_ms, register_timeout_ms = REGISTER_TIMEOUT_MS, pong_timeout_ms = PONG_TIMEOUT_MS, warn }: SessionOptions,
): Session {
  const address = addressOf(socket)
  const http2 = connect('https://edge', {
    createConnection: () => socket,
    maxSessionMemory: MAX_SESSION_MEMORY_MB,
    settings: {
      enablePush: false,
      initialWindowSize: STREAM_WINDOW_BYTES,
      maxHeaderListSize: MAX_HEADER_LIST_BYTES,
    },
  })
  const flow = createFlow()
  let state: 'new' | 'refused' | 'registered' | 'leaving' = 'new'
  let isEnded = false

  const session: Session = {
    open: (headers, options) => {
      // Newer versions of Node would return a stream that fails later.
      if (http2.destroyed || http2.closed) throw new Error('the connection has ended')
      return http2.request(headers, options)
    },
    flow,
    destroy: () => {
      isEnded = true
      http2.destroy()
      socket.destroy()
    },
    isEnded: () => isEnded || http2.destroyed,
  }
  const fail = (problem: string): void => {
    if (!isEnded) warn(`edge: connection of ${address} ended: ${problem}`)
    session.destroy()
  }
  const deadline = setTimeout(() => fail('it did not register'), register_timeout_ms).unref()

  http2.once('connect', () => http2.setLocalWindowSize(SESSION_WINDOW_BYTES))
  // An error of the network is the loss of the connection, which is an event of its own.
  http2.on('error', error => ('syscall' in error ? session.destroy() : fail(error.message)))
  http2.once('close', () => {
    clearTimeout(deadline)
    flow.end()
    socket.destroy()
    handlers.ended(session)
  })
  watchSession(http2, flow, { every_ms: heartbeat_ms, timeout_ms: pong_timeout_ms }, () =>
    fail('it does not answer pings'),
  )

  openControlStream(
    http2,
    flow,
    {
      register: async call => {
        clearTimeout(deadline)
        const answer = await handlers.register({ ...call, origin_ip: address }, session)
        if ('cause' in answer) {
          state = 'refused'
          // cloudflared leaves it open (client: edge_refusal).
          setTimeout(session.destroy, REFUSAL_LINGER_MS).unref()
        } else {
          state = 'registered'
          setImmediate(handlers.registered, session)
        }
        return answer
      },
      // cloudflared waits for the end of HTTP/2, and ends its process then (client: edge_unregister).
      unregister: async () => {
        state = 'leaving'
        handlers.unregister(session)
        setImmediate(() => http2.close())
      },
      updateLocalConfiguration: json => handlers.updateLocalConfiguration(json, session),
    },
    problem => {
      // The end of the connection ends the stream too, and is reported by itself.
      if (http2.destroyed || state === 'leaving' || state === 'refused') return
      fail(problem ?? 'it ended its control stream')
    },
  )
  return session
}

/** A listener on all addresses sees those of IPv4 in the form of IPv6. */
function addressOf({ remoteAddress = '' }: TLSSocket): string {
  return remoteAddress.replace(/^::ffff:/, '')
}
