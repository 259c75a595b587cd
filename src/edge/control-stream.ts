import type { ClientHttp2Session } from 'node:http2'
import { type Flow, whenFlowing } from './flow.ts'
import { createRegistrationServer, type RegistrationHandlers } from './rpc/registration.ts'
import { UPGRADE_HEADER } from './upgrade-header.ts'

/** Our limit: cloudflared has a few answers of some hundred bytes to read. */
const MAX_UNREAD_BYTES = 64 * 1_024

/**
 * Opens the stream on which cloudflared registers (client: edge_control_stream). `onEnd` gets the
 * reason when the stream is of no more use; undefined if cloudflared ended it.
 */
export function openControlStream(
  session: ClientHttp2Session,
  flow: Flow,
  handlers: RegistrationHandlers,
  onEnd: (problem?: string) => void,
): void {
  const stream = session.request({ ':path': '/', [UPGRADE_HEADER]: 'control-stream' }, { endStream: false })
  const rpc = createRegistrationServer(handlers, frame => {
    if (stream.writable) stream.write(frame)
    if (stream.writableLength > MAX_UNREAD_BYTES) onEnd('it does not read the answers to its calls')
  })

  stream.on('response', headers => {
    const status = headers[':status']
    if (status !== 200) onEnd(`the control stream was answered with ${status}`)
  })
  const receive = (chunk: Buffer): void => {
    try {
      rpc.receive(chunk)
    } catch (error) {
      onEnd(error instanceof Error ? error.message : String(error))
    }
  }
  stream.on('data', (chunk: Buffer) => {
    if (flow.stalled()) stream.pause()
    whenFlowing(flow, () => {
      receive(chunk)
      stream.resume()
    })
  })
  stream.on('error', error => onEnd(error.message))
  stream.once('end', () => {
    stream.end()
    onEnd()
  })
}
