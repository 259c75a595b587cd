/** Attacks on sessions, and what must hold after them. */
import fc from 'fast-check'
import { expect, vi } from 'vitest'
import { trackedConnections } from '../../../src/resources/connections/store.ts'
import type { World } from '../../../src/world/world.ts'
import type { FakeConnection } from './fake-connection.ts'
import { callOf, TUNNEL } from './in-process.ts'
import { hostileFrame } from './random-frames.ts'
import type { startSessions } from './start-sessions.ts'

type Sessions = Awaited<ReturnType<typeof startSessions>>

/** What a session does to us, whether its connection is registered before, and how its frames are cut. */
export const attack = fc.record({
  isRegistered: fc.boolean(),
  frames: fc.array(hostileFrame, { minLength: 1, maxLength: 7 }),
  chunkBytes: fc.constantFrom(1, 7, 64, 100_000),
})

export type Attack = typeof attack extends fc.Arbitrary<infer T> ? T : never

/** Resolves when the edge took the frames: it still answers pings, or it ended the connection. */
export async function attackSession({ open }: Sessions, { isRegistered, frames, chunkBytes }: Attack): Promise<void> {
  const connection = await open()
  const control = await connection.controlStream()
  if (isRegistered) await connection.register(callOf())
  // The answers to mutated calls are no concern of ours.
  control.removeAllListeners('data').resume()
  const bytes = Buffer.concat(frames)
  for (let start = 0; start < bytes.length; start += chunkBytes)
    control.write(bytes.subarray(start, start + chunkBytes))
  await settled(connection)
  await connection.kill()
}

export async function settled({ session, closed }: FakeConnection): Promise<void> {
  await Promise.race([closed, new Promise(resolve => session.ping(resolve))])
}

/** All that a session may report here. Anything else is a defect of ours. */
const REPORT =
  /^edge: (a local configuration failed: the local configuration is not .*|connection of .* ended: (a (frame|connector|pointer|far pointer|double far pointer|call|text) .*|the pointers of a frame overlap|the [\w ]+ has \d+ bytes instead of 16|the [\w ]+ of a connector has more than .*|it ended its control stream|the other side .*))$/

/** Nothing is left of the sessions that ended, and each reported only what we know. */
export async function expectNothingLeft({ sessions, registry, lines }: Sessions, world: World): Promise<void> {
  await vi.waitFor(() => expect(sessions.size).toBe(0), { timeout: 10_000 })
  expect(registry.all()).toEqual([])
  expect(trackedConnections(world.db, TUNNEL, world.moment()).filter(({ lost_at }) => lost_at === null)).toEqual([])
  expect(lines.filter(line => !REPORT.test(line))).toEqual([])
}
