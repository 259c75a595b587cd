import { describe, expect, it } from 'vitest'
import { buildFrame, type StructBuilder } from '../../../src/edge/capnp/builder.ts'
import { ProtocolError } from '../../../src/edge/capnp/protocol-error.ts'
import type { RegisterAnswer, RegisterCall } from '../../../src/edge/register-call.ts'
import { createRegistrationServer } from '../../../src/edge/rpc/registration.ts'
import {
  abortFrame,
  bootstrapFrame,
  callFrame,
  finishFrame,
  localConfigurationFrame,
  readReturn,
  registerFrame,
  releaseFrame,
} from '../../support/edge/rpc-client.ts'
import { VECTORS } from '../vectors.ts'

/** The answer of the captured return. */
const ACCEPTED: RegisterAnswer = {
  connection_id: 'a6d23fe0-cdce-b76f-4691-7f2575b51257',
  location: 'tst01',
  remotely_managed: false,
}

/** What the captured call registers. */
const CALL: RegisterCall = {
  connection_index: 0,
  account_tag: 'a'.repeat(32),
  tunnel_id: '11111111-2222-4333-8444-555555555555',
  tunnel_secret: Buffer.alloc(32, 7),
  replace_existing: false,
  previous_attempts: 0,
  origin_ip: '127.0.0.1',
  client: {
    id: '6c55f6ea-bf5a-4db5-8a11-504f36efeb2f',
    features: [
      'allow_remote_config',
      'serialized_headers',
      'support_datagram_v2',
      'support_quic_eof',
      'management_logs',
    ],
    version: '2026.8.2',
    arch: 'linux_amd64',
  },
}

/** A server that accepts, and what it was told and sent. */
function start(answer: RegisterAnswer | Error = ACCEPTED) {
  const told: unknown[] = []
  const sent: Buffer[] = []
  const server = createRegistrationServer(
    {
      register: async call => {
        told.push(call)
        if (answer instanceof Error) throw answer
        return answer
      },
      unregister: async () => void told.push('unregister'),
      updateLocalConfiguration: json => void told.push(json.toString()),
    },
    frame => void sent.push(frame),
  )
  const receive = async (...frames: readonly Buffer[]): Promise<void> => {
    server.receive(Buffer.concat(frames))
    // Handlers answer in microtasks.
    await new Promise(setImmediate)
  }
  return { told, sent, receive, server }
}

async function registered(answer?: RegisterAnswer | Error) {
  const session = start(answer)
  await session.receive(VECTORS.bootstrap, VECTORS.register)
  session.sent.length = 0
  session.told.length = 0
  return session
}

describe('the captured frames of cloudflared', { tags: ['edge_rpc'] }, () => {
  it('are what the client of our tests sends', () => {
    expect(bootstrapFrame()).toEqual(VECTORS.bootstrap)
    expect(registerFrame(1, CALL)).toEqual(VECTORS.register)
    expect(finishFrame(0)).toEqual(VECTORS.finish)
    expect(releaseFrame()).toEqual(VECTORS.release)
    expect(abortFrame('rpc: shutdown')).toEqual(VECTORS.abort)
  })

  it('answers bootstrap byte for byte', async () => {
    const { receive, sent } = start()
    await receive(VECTORS.bootstrap)
    expect(sent).toEqual([VECTORS.bootstrap_return])
  })

  it('reads a registration, and answers it byte for byte', async () => {
    const { receive, sent, told } = start()
    await receive(VECTORS.register)
    expect(told).toEqual([CALL])
    expect(sent).toEqual([VECTORS.register_return])
  })

  it('answers an unregistration byte for byte, once its handler is done', async () => {
    const { receive, sent, told } = await registered()
    await receive(VECTORS.unregister)
    expect(told).toEqual(['unregister'])
    expect(sent).toEqual([VECTORS.unregister_return])
  })

  it.each(['finish', 'release', 'abort'] as const)('ignores %s', async name => {
    const { receive, sent, told } = await registered()
    await receive(VECTORS[name])
    expect([sent, told]).toEqual([[], []])
  })

  it('serves a whole life in one chunk up to the registration, and byte by byte', async () => {
    const life = Buffer.concat([VECTORS.bootstrap, VECTORS.register, VECTORS.finish])
    const { receive, sent } = start()
    for (const byte of life) await receive(Buffer.of(byte))
    await receive(VECTORS.unregister, VECTORS.release, VECTORS.abort)
    expect(sent).toEqual([VECTORS.bootstrap_return, VECTORS.register_return, VECTORS.unregister_return])
  })

  it.each(Object.entries(VECTORS))('waits for the rest of a cut frame: %s', async (_name, frame) => {
    for (let cut = 0; cut < frame.length; cut++) {
      const { receive, sent, told } = start()
      await receive(frame.subarray(0, cut))
      expect([sent, told]).toEqual([[], []])
    }
  })
})

describe('a registration', () => {
  it('tells the address of an IPv6 connector', async () => {
    const { receive, told } = start()
    await receive(registerFrame(1, { ...CALL, origin_ip: Buffer.from('20010db8000000000000000000000001', 'hex') }))
    expect(told).toMatchObject([{ origin_ip: '2001:db8:0:0:0:0:0:1' }])
  })

  it('is answered with the cause of a refusal', async () => {
    const { receive, sent } = start({ cause: 'EDUPCONN', should_retry: true, retry_after_ms: 1_500 })
    await receive(VECTORS.register)
    expect(sent.map(readReturn)).toEqual([
      { question_id: 1, refusal: { cause: 'EDUPCONN', should_retry: true, retry_after_ms: 1_500 } },
    ])
  })

  it('is answered when its handler fails', async () => {
    const { receive, sent } = start(new Error('secret details'))
    await receive(VECTORS.register)
    expect(sent.map(readReturn)).toEqual([{ question_id: 1, exception: { reason: 'the edge failed', type: 0 } }])
  })

  it.each<[string, object]>([
    ['the tunnel id has 15 bytes instead of 16', { tunnel_id: Buffer.alloc(15) }],
    ['the client id has 0 bytes instead of 16', { client: { ...CALL.client, id: Buffer.alloc(0) } }],
    ['the version of a connector has more than 1024 bytes', { client: { ...CALL.client, version: 'v'.repeat(1_025) } }],
    ['a connector has more than 64 features', { client: { ...CALL.client, features: Array(65).fill('f') } }],
  ])('ends the session: %s', (message, change) => {
    const { server } = start()
    expect(() => server.receive(registerFrame(1, { ...CALL, ...change }))).toThrow(new ProtocolError(message))
  })
})

describe('a call', () => {
  it('tells a local configuration, and is answered at once', async () => {
    const { receive, sent, told } = await registered()
    await receive(localConfigurationFrame(4, '{"ingress":[]}'))
    expect(told).toEqual(['{"ingress":[]}'])
    expect(sent.map(readReturn)).toEqual([{ question_id: 4 }])
  })

  it('of an unknown method is answered with an exception', async () => {
    const { receive, sent } = start()
    await receive(callFrame(9, 3, () => undefined))
    expect(sent.map(readReturn)).toEqual([
      { question_id: 9, exception: { reason: 'the edge does not have this method', type: 3 } },
    ])
  })

  it('of another interface is answered with an exception', async () => {
    const { receive, sent, told } = start()
    const call = Buffer.from(VECTORS.register)
    call.writeUInt8(0x98, 8 + 4 * 8)
    await receive(call)
    expect(told).toEqual([])
    expect(sent.map(readReturn)).toMatchObject([{ question_id: 1, exception: { type: 3 } }])
  })

  it.each([
    ['a connector that is new sends a local configuration', [localConfigurationFrame(4, '{}')]],
    ['a connector that is new sends an unregistration', [VECTORS.unregister]],
    ['a connector that is registering sends a registration', [VECTORS.register, VECTORS.register]],
    ['a call has a target that the edge does not have', [callFrame(4, 2, () => undefined, 1)]],
    ['a connector sends a message of kind 3', [VECTORS.register_return]],
    ['a connector sends a message of kind 13', [buildFrame(1, 1, (root: StructBuilder) => root.u16(0, 13))]],
  ])('ends the session: %s', (message, frames) => {
    const { server } = start()
    expect(() => server.receive(Buffer.concat(frames))).toThrow(new ProtocolError(message))
  })

  it('ends the session after a refused registration', async () => {
    const { server } = await registered({ cause: 'Unauthorized', should_retry: false })
    expect(() => server.receive(VECTORS.unregister)).toThrow('a connector that is ended sends an unregistration')
  })
})
