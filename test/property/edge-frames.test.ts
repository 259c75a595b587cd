/** Random and mutated frames: the edge answers or refuses them, and each takes little time. */
import { threadCpuUsage } from 'node:process'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ProtocolError } from '../../src/edge/capnp/protocol-error.ts'
import { createRegistrationServer } from '../../src/edge/rpc/registration.ts'
import { VECTORS } from '../edge/vectors.ts'
import { hostileFrame } from '../support/edge/random-frames.ts'
import { holds } from '../support/property/replay.ts'

/** Of the processor: a busy machine takes longer. A frame takes well below a millisecond. */
const MAX_MS = 250

/** Takes frames as a session does, and returns how it ended. */
async function serve(frames: readonly Buffer[]): Promise<{ error?: unknown; sent: readonly Buffer[] }> {
  const sent: Buffer[] = []
  const server = createRegistrationServer(
    {
      register: async () => ({
        connection_id: 'a6d23fe0-cdce-b76f-4691-7f2575b51257',
        location: 'lis01',
        remotely_managed: true,
      }),
      unregister: async () => undefined,
      updateLocalConfiguration: () => undefined,
    },
    frame => void sent.push(frame),
  )
  try {
    for (const frame of frames) {
      server.receive(frame)
      // A registration is answered after a turn of the microtasks.
      for (let turn = 0; turn < 5; turn++) await undefined
    }
    return { sent }
  } catch (error) {
    return { error, sent }
  }
}

describe('a hostile connector', () => {
  it.each([
    ['before its registration', [VECTORS.bootstrap]],
    ['after its registration', [VECTORS.bootstrap, VECTORS.register, VECTORS.finish]],
  ])('is answered or refused %s', async (_when, first) => {
    await holds(1_000, fc.array(hostileFrame, { minLength: 1, maxLength: 3 }), async frames => {
      const start = threadCpuUsage()
      const { error, sent } = await serve([...first, ...frames])
      const { user, system } = threadCpuUsage(start)
      expect((user + system) / 1_000).toBeLessThan(MAX_MS)
      if (error !== undefined) expect(error).toBeInstanceOf(ProtocolError)
      expect(sent[0]).toEqual(VECTORS.bootstrap_return)
    })
  })
})
