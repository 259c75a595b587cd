/** What the main thread and a worker thread say to each other. */
import type { IncomingMessage } from 'node:http'
import type { TLSSocket } from 'node:tls'
import type { Options } from '../../../schemas/options.ts'
import type { RespondToError } from '../../http/client-errors.ts'
import type { Figures } from '../../http/context.ts'

/** What a worker thread starts with. */
export interface Assignment {
  readonly options: Options
  readonly group: number
  /** Requests of the main thread name it. */
  readonly key: string
}

/** The addresses that clients know, which the main thread has. */
export interface PublicUrls {
  readonly api: string
  readonly control: string | undefined
}

/** A worker thread that has loaded its worlds. */
export interface Readiness {
  readonly api_port: number
  readonly control_port: number | undefined
  readonly world_ids: readonly string[]
  readonly account_id: string
  readonly token: string | null
}

/** The event of a world that began or ended in another thread. */
export interface Announcement {
  readonly type: 'world_created' | 'world_deleted'
  readonly world_id: string
  readonly reason?: string | undefined
}

/** What a worker thread says by itself. */
export type Notice = { readonly ready: Readiness } | { readonly failed: string } | { readonly ended: Announcement }

/** What the main thread calls in a worker thread. */
export interface WorkerFunctions {
  readonly setUrls: (urls: PublicUrls) => void
  /** Tells those who listen to the main world, which only the first group has. */
  readonly announce: (event: Announcement) => void
  readonly respondToError: RespondToError
  /** Counts a world that was not created for want of room, and rejects with the reason. */
  readonly refuseAtLimit: (max_worlds: number) => never
  readonly warn: (line: string) => void
  /** Undefined without metrics. */
  readonly figures: () => Promise<Figures | undefined>
  /** Ends what would never end by itself, such as streams of events. */
  readonly stop: () => void
  /** All clients have their responses: close. */
  readonly close: () => void
}

/**
 * The first header of a request from the main thread: the key, and what only the socket of the
 * client tells. It is not part of the request.
 */
export const PEER_HEADER = 'mockflared-peer'

export function peerOf({ socket }: IncomingMessage, key: string): string {
  return `${key} ${isEncrypted(socket) ? 'https' : 'http'} ${socket.remoteAddress}`
}

export function isEncrypted(socket: object): socket is TLSSocket {
  return 'encrypted' in socket && socket.encrypted === true
}
