/** A connector's half of the RPC: the frames that it sends, and the returns that it reads. */
import { buildFrame, type StructBuilder } from '../../../src/edge/capnp/builder.ts'
import { createFrameReader } from '../../../src/edge/capnp/frames.ts'
import { readRoot, type StructReader } from '../../../src/edge/capnp/reader.ts'
import { MESSAGE, METHOD, REGISTRATION_INTERFACE } from '../../../src/edge/rpc/messages.ts'

/** What a connector registers with. Ids are UUIDs, or any bytes for a call that is not well formed. */
export interface Registration {
  readonly connection_index: number
  readonly account_tag: string
  readonly tunnel_id: string | Buffer
  readonly tunnel_secret: Buffer
  readonly replace_existing: boolean
  readonly previous_attempts: number
  readonly origin_ip: string | Buffer
  readonly client: {
    readonly id: string | Buffer
    readonly features: readonly string[]
    readonly version: string
    readonly arch: string
  }
}

export interface Return {
  readonly question_id: number
  readonly details?: { readonly connection_id: string; readonly location: string; readonly remotely_managed: boolean }
  readonly refusal?: { readonly cause: string; readonly should_retry: boolean; readonly retry_after_ms: number }
  readonly exception?: { readonly reason: string; readonly type: number }
}

/** Registrations are sent to the answer of this question. */
const BOOTSTRAP_QUESTION = 0

export function bootstrapFrame(): Buffer {
  return buildFrame(1, 1, message => {
    message.u16(0, MESSAGE.bootstrap).struct(0, 1, 1).u32(0, BOOTSTRAP_QUESTION)
  })
}

/** A call to an imported capability, as all calls after the registration are. */
export function callFrame(
  questionId: number,
  method: number,
  fill: (params: StructBuilder) => unknown,
  capability = 0,
): Buffer {
  return buildFrame(1, 1, message => {
    const call = message.u16(0, MESSAGE.call).struct(0, 3, 3).u32(0, questionId).u16(4, method)
    call.u64(8, REGISTRATION_INTERFACE).struct(0, 1, 1).u32(0, capability)
    fill(call.struct(1, 0, 2).struct(0, 1, 3))
  })
}

/** A registration, which a connector sends to the answer of bootstrap before it has one. */
export function registerFrame(questionId: number, registration: Registration): Buffer {
  const { connection_index, account_tag, tunnel_id, tunnel_secret, replace_existing, previous_attempts, origin_ip } =
    registration
  return buildFrame(1, 1, message => {
    const call = message.u16(0, MESSAGE.call).struct(0, 3, 3).u32(0, questionId).u16(4, METHOD.register)
    const target = call.u64(8, REGISTRATION_INTERFACE).struct(0, 1, 1).u16(4, 1)
    target.struct(0, 1, 1).u32(0, BOOTSTRAP_QUESTION).structs(0, 0, 1, 0)
    const payload = call.struct(1, 0, 2)
    const params = payload.struct(0, 1, 3).u8(0, connection_index)
    params.struct(0, 0, 2).text(0, account_tag).data(1, tunnel_secret)
    params.data(1, bytesOf(tunnel_id))
    const options = params.struct(2, 1, 2).bit(0, replace_existing).u8(2, previous_attempts)
    const { id, features, version, arch } = registration.client
    options.struct(0, 0, 4).data(0, bytesOf(id)).texts(1, features).text(2, version).text(3, arch)
    options.data(1, addressBytes(origin_ip))
    payload.structs(1, 0, 1, 1)
  })
}

export function unregisterFrame(questionId: number): Buffer {
  return callFrame(questionId, METHOD.unregister, () => undefined)
}

export function localConfigurationFrame(questionId: number, json: string): Buffer {
  return callFrame(questionId, METHOD.updateLocalConfiguration, params => params.data(0, Buffer.from(json)))
}

export function finishFrame(questionId: number): Buffer {
  return buildFrame(1, 1, message => message.u16(0, MESSAGE.finish).struct(0, 1, 0).u32(0, questionId).bit(32, true))
}

export function releaseFrame(): Buffer {
  return buildFrame(1, 1, message => message.u16(0, MESSAGE.release).struct(0, 1, 0).u32(4, 1))
}

export function abortFrame(reason: string): Buffer {
  return buildFrame(1, 1, message => message.u16(0, MESSAGE.abort).struct(0, 1, 1).text(0, reason))
}

/** Reads what the edge returned in one whole frame. */
export function readReturn(frame: Buffer): Return {
  const [segments] = createFrameReader()(frame)
  if (!segments) throw new Error('the edge sent a frame that is not complete')
  return returnOf(readRoot(segments))
}

/** Reads the returns in a stream of chunks. */
export function createReturnReader(): (chunk: Buffer) => readonly Return[] {
  const framesOf = createFrameReader()
  return chunk => framesOf(chunk).map(segments => returnOf(readRoot(segments)))
}

function returnOf(message: StructReader): Return {
  if (message.u16(0) !== MESSAGE.return) throw new Error(`the edge sent a message of kind ${message.u16(0)}`)
  const answer = message.struct(0)
  const question_id = answer.u32(0)
  if (answer.u16(6) === 1) {
    const exception = answer.struct(0)
    return { question_id, exception: { reason: exception.text(0), type: exception.u16(4) } }
  }
  // The answer to bootstrap is a capability, which is always 0.
  const response = question_id === BOOTSTRAP_QUESTION ? undefined : responseOf(answer)
  return response ? { question_id, ...response } : { question_id }
}

function responseOf(answer: StructReader): Pick<Return, 'details' | 'refusal'> | undefined {
  const response = answer.struct(0).struct(0).struct(0)
  const content = response.struct(0)
  if (response.u16(0) === 1) {
    const connection_id = uuidOf(content.data(0))
    return { details: { connection_id, location: content.text(1), remotely_managed: content.bit(0) } }
  }
  const cause = content.text(0)
  // The results of the other methods are empty.
  if (cause === '') return undefined
  const retry_after_ms = Number(content.u64(0)) / 1_000_000
  return { refusal: { cause, should_retry: content.bit(64), retry_after_ms } }
}

function uuidOf(bytes: Buffer): string {
  return bytes.toString('hex').replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, '$1-$2-$3-$4-$5')
}

function bytesOf(id: string | Buffer): Buffer {
  return typeof id === 'string' ? Buffer.from(id.replaceAll('-', ''), 'hex') : id
}

/** The form of IPv6 for an IPv4 address, as Go sends it. */
function addressBytes(address: string | Buffer): Buffer {
  if (typeof address !== 'string') return address
  return Buffer.from([...Array<number>(10).fill(0), 0xff, 0xff, ...address.split('.').map(Number)])
}
