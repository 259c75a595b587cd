/** The public side of the edge: visitors reach origins through it, as at Cloudflare. */
import type { ClientHttp2Stream } from 'node:http2'
import { traceIdOf } from '../../config/trace-context.ts'
import type { Credential } from '../../http/certificates.ts'
import type { Worlds } from '../../worlds/registry.ts'
import type { LiveConnection } from '../live-connection.ts'
import type { Registry } from '../registry.ts'
import { BAD_GATEWAY, type Missing, refusal, unreachable } from './answers.ts'
import { createDirectory } from './directory.ts'
import { forward } from './forward.ts'
import { requestHeaders } from './headers.ts'
import { createLeafCertificates } from './leaf-certificates.ts'
import { openListener } from './listener.ts'
import type { Visit } from './visit.ts'

/** Where a visit goes, or that it has its answer already. */
type Decision = 'answered' | ForwardTarget

interface ForwardTarget {
  readonly connection: LiveConnection
  /** The host that cloudflared is asked for, if it is not that of the visitor. */
  readonly authority?: string
}

/** Undefined: not for this handler. `find`: where the visit would go without it. */
export type Handler = (visit: Visit, find: () => LiveConnection | Missing) => Decided | Promise<Decided>

type Decided = Decision | undefined

export interface GatewayOptions {
  readonly worlds: Worlds
  readonly registry: Registry
  /** It issues the certificates of the gateway. */
  readonly ca: Credential
  /** The hosts and addresses of the gateway itself. */
  readonly names: readonly string[]
  readonly host: string
  /** 0: any free port. */
  readonly port: number
  /** The time until an origin begins its response. */
  readonly timeout_ms: number
  /** Tried in order, before the hostname decides. */
  readonly handlers?: readonly Handler[]
  /** Called before a visit is sent to a connection. True: it has answered the visit itself. */
  readonly intercept?: (visit: Visit, connection: LiveConnection) => boolean | Promise<boolean>
  readonly onFinished?: (outcome: Outcome) => void
}

/** What became of a visit. It has no query or body, and of the headers only one, since those may be secret. */
export interface Outcome {
  readonly hostname: string
  readonly method: string
  readonly path: string
  /** Of the visitor's `traceparent`. */
  readonly trace_id: string | undefined
  /** Undefined if the visitor left before the response began. */
  readonly status: number | undefined
  readonly connection: LiveConnection | undefined
  readonly missing: Missing | undefined
  readonly ms: number
  readonly bytes_up: number
  readonly bytes_down: number
}

export interface Gateway {
  /** HOST:PORT */
  readonly authority: string
  readonly close: () => Promise<void>
}

/** What is counted while a visit lasts. */
interface Tally {
  connection?: LiveConnection
  missing?: Missing
  up: number
  down: number
}

/** Rejects with Node's error, such as EADDRINUSE. */
export async function openGateway(options: GatewayOptions): Promise<Gateway> {
  const { worlds, registry, handlers = [], intercept, onFinished, timeout_ms } = options
  const findConnection = createDirectory(worlds, registry)

  const serve = async (visit: Visit, tally: Tally): Promise<void> => {
    const decision = await firstDecision(handlers, visit, () => findConnection(visit))
    if (decision === 'answered') return

    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      const connection = decision?.connection ?? findConnection(visit, tally.connection)
      // A connection that was lost meanwhile was not missing.
      if (typeof connection === 'string' && attempt > 0) break
      if (typeof connection === 'string') {
        tally.missing = connection
        visit.answer(unreachable(connection))
        return
      }
      tally.connection = connection
      if ((await intercept?.(visit, connection)) || visit.exchange.isClosed()) return

      const stream = openStream(connection, visit, decision?.authority)
      const isLost = !stream || (await forwardTo(connection, visit, stream, tally))
      if (!isLost) return
    }
    visit.answer(BAD_GATEWAY)
  }

  /** Resolves with whether the visit may go to another connection, since this one was lost. */
  const forwardTo = ({ flow }: LiveConnection, visit: Visit, stream: ClientHttp2Stream, tally: Tally) =>
    new Promise<boolean>(resolve => {
      visit.exchange.onClose(() => resolve(false))
      const onBytes = (up: number, down: number): void => {
        tally.up += up
        tally.down += down
      }
      forward(visit, stream, { flow, timeout_ms, onBytes, onLost: () => resolve(true) })
    })

  const { authority, close } = await openListener({
    ...options,
    certificates: await createLeafCertificates(options.ca, options.names),
    onVisit: visit => {
      const startedAt = performance.now()
      const tally: Tally = { up: 0, down: 0 }
      visit.exchange.onClose(() => onFinished?.(outcomeOf(visit, tally, performance.now() - startedAt)))
      serve(visit, tally).catch(() => {
        if (visit.status() === undefined) visit.answer(refusal(500, 'the request failed inside the gateway'))
        else visit.exchange.abort()
      })
    },
  })
  return { authority, close }
}

async function firstDecision(handlers: readonly Handler[], ...visit: Parameters<Handler>): Promise<Decided> {
  for (const handler of handlers) {
    const decision = await handler(...visit)
    if (decision) return decision
  }
  return undefined
}

/** A visit goes to one other connection at most (assumed: edge_sent_again). */
const MAX_ATTEMPTS = 2

function openStream(connection: LiveConnection, visit: Visit, authority?: string): ClientHttp2Stream | undefined {
  try {
    const endStream = visit.exchange.body === undefined && !visit.is_websocket
    return connection.open(requestHeaders(visit, authority), { endStream })
  } catch {
    return undefined
  }
}

function outcomeOf(visit: Visit, { connection, missing, up, down }: Tally, ms: number): Outcome {
  const { hostname, method, path, headers } = visit
  return {
    hostname,
    method,
    path: path.replace(/[?#].*/s, ''),
    trace_id: traceIdOf(headers.find(([name]) => name === 'traceparent')?.[1]),
    status: visit.status(),
    connection,
    missing,
    ms: Math.round(ms),
    bytes_up: up,
    bytes_down: down,
  }
}
