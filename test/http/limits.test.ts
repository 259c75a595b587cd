/** The limits of each world: requests in progress, snapshots, size. */
import { describe, expect, it } from 'vitest'
import { temporary } from '../support/command.ts'
import { ACCOUNT, startEmulator } from '../support/emulator.ts'
import { manyTunnels } from '../support/many-tunnels.ts'

const HEADERS = { authorization: 'Bearer token' }
const TUNNELS = `/client/v4/accounts/${ACCOUNT}/cfd_tunnel`

describe('the limit of requests in progress', () => {
  it('refuses one more in that world, and none in another', async () => {
    const { emulator, send } = await startEmulator({ max_requests: 2 })
    await emulator.control.createWorldAs({ id: 'calm' })
    await emulator.control.addFault({ effect: { latency: { ms: 30 } } })
    const ask = (url = TUNNELS) => send<never>({ url, headers: HEADERS })
    const [one, two, three, other, health] = await Promise.all([
      ask(),
      ask(),
      ask(),
      ask(`/w/calm${TUNNELS}`),
      ask('/healthz'),
    ])

    expect([one, two, three, other, health].map(({ status }) => status)).toEqual([200, 200, 503, 200, 200])
    expect(three.headers['retry-after']).toBe('1')
    expect(three).toMatchObject({
      error: {
        code: 'busy',
        message: 'world main has too many requests in progress: wait for some, or allow more with --max-requests',
      },
    })
    expect((await ask()).status).toBe(200)
  })
})

describe('the limit of snapshots', () => {
  it('refuses one more, and replaces one', async () => {
    const { emulator } = await startEmulator({ max_snapshots: 2 })
    const { control } = emulator
    await Promise.all([control.saveSnapshot({ name: 'a' }), control.saveSnapshot({ name: 'b' })])

    await expect(control.saveSnapshot({ name: 'c' })).rejects.toMatchObject({
      code: 'refused',
      message: 'world main has 2 snapshots already: delete one, or allow more with --max-snapshots',
    })
    await control.saveSnapshot({ name: 'a' })
    await control.deleteSnapshot({ name: 'b' })
    await control.saveSnapshot({ name: 'c' })
  })
})

describe.each([
  ['in memory', {}],
  ['in a file', { db: 'file' }],
])('the limit of the size of a world %s', (_where, { db }: { db?: string }) => {
  const options = () => ({ max_world_mib: 2, ...(db !== undefined && { db: temporary('data.db') }) })
  const refusal = {
    code: 'storage_failed',
    message: 'the data could not be stored; a world may have 2 MiB (--max-world-mib)',
  }

  it('refuses a state that is larger, and keeps the old one', async () => {
    const { emulator, create } = await startEmulator(options())
    await create({ name: 'old' })

    await expect(emulator.control.putState(manyTunnels(2_300))).rejects.toMatchObject(refusal)
    expect((await emulator.control.getState()).tunnels).toMatchObject([{ name: 'old' }])
  })

  it('refuses a write with 507 when it is full, and reads continue', async () => {
    const { emulator, put, get, create } = await startEmulator(options())
    const { id } = await create({ name: 'blog' })
    const service = `http://${'x'.repeat(200_000)}`
    const config = { config: { ingress: [{ service }] } }
    const statuses: number[] = []
    while (statuses.at(-1) !== 507 && statuses.length < 20) {
      statuses.push((await put(`/${id}/configurations`, config)).status)
    }

    expect(new Set(statuses)).toEqual(new Set([200, 507]))
    expect((await get(`/${id}`)).status).toBe(200)
    await emulator.control.reset({ to: 'empty' })
    expect((await create({ name: 'blog' })).name).toBe('blog')
  })
})
