/** Websockets by hand, for tests that choose the Host header and see each byte. */
import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { type GatewayAddress, type GatewayRequest, requestOf } from './gateway-client.ts'

const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11'
const MASKED = 0x80

export const OPCODES = { text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const

export interface Frame {
  readonly opcode: number
  readonly payload: Buffer
}

export function acceptOf(key: string): string {
  return createHash('sha1').update(`${key}${GUID}`).digest('base64')
}

/** One unfragmented frame; a client masks its frames, a server must not. */
function encodeFrame({ opcode, payload }: Frame, isMasked: boolean): Buffer {
  const mask = isMasked ? randomBytes(4) : Buffer.alloc(0)
  const first = 0x80 | opcode
  const flag = isMasked ? MASKED : 0
  return Buffer.concat([headOf(first, flag, payload.length), mask, isMasked ? unmasked(payload, mask) : payload])
}

function headOf(first: number, flag: number, length: number): Buffer {
  if (length < 126) return Buffer.from([first, flag | length])
  const head = Buffer.alloc(length < 65_536 ? 4 : 10)
  head[0] = first
  head[1] = flag | (length < 65_536 ? 126 : 127)
  if (length < 65_536) head.writeUInt16BE(length, 2)
  else head.writeBigUInt64BE(BigInt(length), 2)
  return head
}

function unmasked(payload: Buffer, mask: Buffer): Buffer {
  const bytes = Buffer.from(payload)
  for (let index = 0; index < bytes.length; index++) bytes[index] = (bytes[index] ?? 0) ^ (mask[index % 4] ?? 0)
  return bytes
}

/** Cuts a stream of bytes into frames; a fragmented message stays in pieces. */
function createFrameReader(onFrame: (frame: Frame) => void): (chunk: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0)
  return chunk => {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    for (let frame = firstFrame(rest); frame; frame = firstFrame(rest)) {
      rest = rest.subarray(frame.size)
      onFrame(frame)
    }
  }
}

function firstFrame(bytes: Buffer): (Frame & { readonly size: number }) | undefined {
  const [first = 0, second = 0] = bytes
  const short = second & 0x7f
  const extended = short < 126 ? 0 : short === 126 ? 2 : 8
  const head = 2 + extended + (second & MASKED ? 4 : 0)
  if (bytes.length < head) return undefined
  const length = extended === 0 ? short : extended === 2 ? bytes.readUInt16BE(2) : Number(bytes.readBigUInt64BE(2))
  if (bytes.length < head + length) return undefined

  const payload = bytes.subarray(head, head + length)
  const mask = bytes.subarray(head - 4, head)
  return { opcode: first & 0x0f, payload: second & MASKED ? unmasked(payload, mask) : payload, size: head + length }
}

/** Answers an upgrade as an origin: echoes messages and pings, with the first subprotocol offered. */
export function echoWebsocket(request: IncomingMessage, socket: Duplex, head: Buffer): void {
  const protocol = request.headers['sec-websocket-protocol']?.split(',')[0]?.trim()
  const lines = [
    'HTTP/1.1 101 Switching Protocols',
    'Upgrade: websocket',
    'Connection: Upgrade',
    `Sec-WebSocket-Accept: ${acceptOf(request.headers['sec-websocket-key'] ?? '')}`,
    ...(protocol === undefined ? [] : [`Sec-WebSocket-Protocol: ${protocol}`]),
  ]
  socket.write(`${lines.join('\r\n')}\r\n\r\n`)
  const read = createFrameReader(({ opcode, payload }) => {
    socket.write(encodeFrame({ opcode: opcode === OPCODES.ping ? OPCODES.pong : opcode, payload }, false))
    if (opcode === OPCODES.close) socket.end()
  })
  socket.on('error', () => socket.destroy())
  socket.on('data', read)
  if (head.length > 0) read(head)
}

/** Opens a websocket through a gateway. Rejects with the status if there is no 101. */
export async function openWebsocket(gateway: GatewayAddress, wanted: GatewayRequest) {
  const key = randomBytes(16).toString('base64')
  const request = requestOf(gateway, {
    ...wanted,
    headers: {
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': key,
      ...wanted.headers,
    },
  })
  const [response, socket, head] = await new Promise<[IncomingMessage, Duplex, Buffer]>((resolve, reject) => {
    request.once('upgrade', (...upgrade) => resolve(upgrade))
    request.once('response', refusal => reject(new Error(`no websocket: ${refusal.statusCode}`)))
    request.once('error', reject)
    request.end()
  })

  const frames: Frame[] = []
  const read = createFrameReader(frame => {
    frames.push(frame)
    socket.emit('frame')
  })
  socket.on('data', read)
  socket.on('error', () => socket.destroy())
  if (head.length > 0) read(head)
  return {
    headers: response.headers,
    isAccepted: response.headers['sec-websocket-accept'] === acceptOf(key),
    socket,
    send: (payload: Buffer | string, opcode: number = OPCODES.binary) =>
      socket.write(encodeFrame({ opcode, payload: Buffer.from(payload) }, true)),
    /** The next frame, whenever it comes. */
    next: async (): Promise<Frame> => {
      while (frames.length === 0) await once(socket, 'frame')
      return frames.shift() as Frame
    },
  }
}
