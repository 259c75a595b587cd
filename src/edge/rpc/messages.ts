/** The RPC messages of a control stream: what cloudflared sends, and what the edge answers. */
import { buildFrame, type StructBuilder } from '../capnp/builder.ts'
import { ProtocolError } from '../capnp/protocol-error.ts'
import type { StructReader } from '../capnp/reader.ts'

/** The number of a kind of message, in the order of the protocol. */
export const MESSAGE = {
  unimplemented: 0,
  abort: 1,
  call: 2,
  return: 3,
  finish: 4,
  release: 6,
  bootstrap: 8,
} as const

export const REGISTRATION_INTERFACE = 0xf716_95ec_7fe8_5497n

export const METHOD = { register: 0, unregister: 1, updateLocalConfiguration: 2 } as const

/** How an exception ends a call. */
export const EXCEPTION = { failed: 0, unimplemented: 3 } as const

/** The only capability that the edge has. */
const REGISTRATION_CAPABILITY = 0

export interface Call {
  readonly question_id: number
  readonly interface_id: bigint
  readonly method: number
  readonly params: StructReader
}

/** Accepts calls to our capability, also through the answer to bootstrap (client: edge_rpc). */
export function readCall(call: StructReader): Call {
  const target = call.struct(0)
  const isImport = target.u16(4) === 0
  if (isImport ? target.u32(0) !== REGISTRATION_CAPABILITY : target.u16(4) !== 1)
    throw new ProtocolError('a call has a target that the edge does not have')
  return {
    question_id: call.u32(0),
    interface_id: call.u64(8),
    method: call.u16(4),
    params: call.struct(1).struct(0),
  }
}

export function bootstrapReturn(answerId: number): Buffer {
  return returnFrame(answerId, payload => {
    payload.capability(0, REGISTRATION_CAPABILITY)
    const [capability] = payload.structs(1, 1, 1, 1)
    capability?.u16(0, 1).u32(4, REGISTRATION_CAPABILITY)
  })
}

/** `fill` writes the results into a struct of one pointer. */
export function resultReturn(answerId: number, fill: (results: StructBuilder) => void): Buffer {
  return returnFrame(answerId, payload => fill(payload.struct(0, 0, 1)))
}

export function emptyReturn(answerId: number): Buffer {
  return returnFrame(answerId, payload => {
    payload.struct(0, 0, 0)
  })
}

export function exceptionReturn(answerId: number, reason: string, type: number): Buffer {
  return buildFrame(1, 1, message => {
    const answer = message.u16(0, MESSAGE.return).struct(0, 2, 1).u32(0, answerId).u16(6, 1)
    answer.struct(0, 1, 2).u16(4, type).text(0, reason)
  })
}

function returnFrame(answerId: number, fill: (payload: StructBuilder) => void): Buffer {
  return buildFrame(1, 1, message => {
    const answer = message.u16(0, MESSAGE.return).struct(0, 2, 1).u32(0, answerId)
    fill(answer.struct(0, 0, 2))
  })
}

/** A frame of one segment whose root lies far outside of it. */
export function unreadable(frame: Buffer): Buffer {
  const broken = Buffer.from(frame)
  broken.writeUInt32LE(FAR_OUTSIDE, ROOT_OFFSET)
  return broken
}

/** After the table of segments. */
const ROOT_OFFSET = 8
/** A pointer to a struct, with the largest distance. */
const FAR_OUTSIDE = 0x7fff_fffc
