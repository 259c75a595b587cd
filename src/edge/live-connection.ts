import type { ClientHttp2Stream, OutgoingHttpHeaders } from 'node:http2'
import type { TunnelKey } from '../../schemas/records.ts'
import type { Flow } from './flow.ts'
import type { RegisterCall } from './register-call.ts'

/** A registered connection of a real cloudflared, as long as requests may be sent to it. */
export interface LiveConnection {
  readonly world_id: string
  readonly tunnel: TunnelKey
  /** What the connection said when it registered; `origin_ip` is the address of its socket. */
  readonly call: RegisterCall
  readonly connector_id: string
  readonly index: number
  readonly colo_name: string
  /** The id of its row in the world. It changes when the world is replaced. */
  connection_id: string
  /** What a connector of a local tunnel reported when it registered, as JSON. */
  local_configuration?: Buffer
  /** Opens a stream to cloudflared. Throws if the connection has just ended. */
  readonly open: (headers: OutgoingHttpHeaders, options?: { readonly endStream?: boolean }) => ClientHttp2Stream
  readonly flow: Flow
  /** Ends the TCP connection, which is the only thing that makes cloudflared reconnect. */
  readonly destroy: () => void
}
