/** The parameters of a registration, and its answer, as frames have them. */
import { ProtocolError } from '../capnp/protocol-error.ts'
import type { StructReader } from '../capnp/reader.ts'
import type { RegisterAnswer, RegisterCall } from '../register-call.ts'
import { resultReturn } from './messages.ts'

/** They are stored with each connector, so they have a limit. Our choice. */
const MAX_TEXT_BYTES = 1_024
const MAX_FEATURES = 64

export function readRegisterCall(params: StructReader): RegisterCall {
  const auth = params.struct(0)
  const options = params.struct(2)
  return {
    connection_index: params.u8(0),
    account_tag: short(auth.text(0), 'account tag'),
    tunnel_id: uuidOf(params.data(1), 'tunnel id'),
    tunnel_secret: auth.data(1),
    replace_existing: options.bit(0),
    previous_attempts: options.u8(2),
    origin_ip: addressOf(options.data(1)),
    client: readClient(options.struct(0)),
  }
}

function readClient(reader: StructReader): RegisterCall['client'] {
  const features = reader.texts(1)
  if (features.length > MAX_FEATURES) throw new ProtocolError(`a connector has more than ${MAX_FEATURES} features`)
  return {
    id: uuidOf(reader.data(0), 'client id'),
    features: features.map(feature => short(feature, 'feature')),
    version: short(reader.text(2), 'version'),
    arch: short(reader.text(3), 'architecture'),
  }
}

function short(text: string, what: string): string {
  if (Buffer.byteLength(text) <= MAX_TEXT_BYTES) return text
  throw new ProtocolError(`the ${what} of a connector has more than ${MAX_TEXT_BYTES} bytes`)
}

function uuidOf(bytes: Buffer, what: string): string {
  if (bytes.length !== 16) throw new ProtocolError(`the ${what} has ${bytes.length} bytes instead of 16`)
  return bytes.toString('hex').replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, '$1-$2-$3-$4-$5')
}

/** Go writes IPv4 addresses in the form of IPv6, such as ::ffff:127.0.0.1. */
function addressOf(bytes: Buffer): string {
  if (bytes.length === 4) return bytes.join('.')
  if (bytes.length !== 16) return ''
  const isIpv4 = bytes.subarray(0, 12).equals(IPV4_PREFIX)
  return isIpv4 ? bytes.subarray(12).join('.') : groupsOf(bytes).join(':')
}

const IPV4_PREFIX = Buffer.from('00000000000000000000ffff', 'hex')

function groupsOf(bytes: Buffer): readonly string[] {
  return Array.from({ length: 8 }, (_, index) => bytes.readUInt16BE(index * 2).toString(16))
}

export function registerReturn(answerId: number, answer: RegisterAnswer): Buffer {
  return resultReturn(answerId, results => {
    const response = results.struct(0, 1, 1)
    if ('cause' in answer) {
      const retryAfterNanoseconds = BigInt(Math.round((answer.retry_after_ms ?? 0) * 1_000_000))
      const refusal = response.struct(0, 2, 1).u64(0, retryAfterNanoseconds).bit(64, answer.should_retry)
      refusal.text(0, answer.cause)
    } else {
      const details = response.u16(0, 1).struct(0, 1, 2).bit(0, answer.remotely_managed)
      details.data(0, Buffer.from(answer.connection_id.replaceAll('-', ''), 'hex')).text(1, answer.location)
    }
  })
}
