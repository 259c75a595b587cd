/** What a connector sent does not follow the protocol. Its session ends. */
export class ProtocolError extends Error {
  override readonly name = 'ProtocolError'
}
