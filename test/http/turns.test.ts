import { describe, expect, it } from 'vitest'
import { ACCOUNT, startEmulator } from '../support/emulator.ts'

const HEADERS = { authorization: 'Bearer token' }

/** One world has so many tunnels that a few lists of them take longer than a turn. */
async function startWithBusyWorld() {
  const { emulator, send } = await startEmulator({ log: 'off' })
  await emulator.control.createWorldAs({ id: 'busy', from: 'empty' })
  await emulator.control.createWorldAs({ id: 'calm', from: 'empty' })
  const tunnels = Array.from({ length: 1_000 }, (_, nth) => ({ name: `tunnel-${nth}`, account_tag: ACCOUNT }))
  await emulator.controlOf('busy').putState({ tunnels })
  const path = (world: string) => `/w/${world}/client/v4/accounts/${ACCOUNT}/cfd_tunnel`
  const order: string[] = []
  const ask = async (name: string, request: object): Promise<number> => {
    const { status } = await send({ headers: HEADERS, ...request })
    order.push(name)
    return status
  }
  const list = () => ask('list', { url: `${path('busy')}?per_page=1000` })
  return { emulator, path, order, ask, lists: () => Array.from({ length: 8 }, list) }
}

describe('a request', () => {
  it('of another world waits for one request of a busy world, and not for all', async () => {
    const { path, order, ask, lists } = await startWithBusyWorld()
    const asked = [...lists(), ask('get', { url: path('calm') })]

    expect(new Set(await Promise.all(asked))).toEqual(new Set([200]))
    expect(order.indexOf('get')).toBeLessThan(4)
  })

  it('with a body does so as well', async () => {
    const { path, order, ask, lists } = await startWithBusyWorld()
    const create = () => ask('create', { method: 'POST', url: path('calm'), payload: { name: 'blog' } })
    const asked = [...lists(), create(), create()]

    expect((await Promise.all(asked)).slice(8).toSorted()).toEqual([200, 409])
    expect(order.indexOf('create')).toBeLessThan(order.lastIndexOf('list'))
  })

  it('for a health check does not wait for its turn', async () => {
    const { order, ask, lists } = await startWithBusyWorld()
    await Promise.all([...lists(), ask('health', { url: '/healthz' })])

    expect(order.indexOf('health')).toBeLessThan(4)
  })

  it('for a world that is deleted while it waits does not reach it', async () => {
    const { emulator, path, ask, lists } = await startWithBusyWorld()
    const asked = [...lists(), ask('get', { url: path('calm') })]
    await emulator.control.deleteWorld({ id: 'calm' })

    expect((await Promise.all(asked)).at(-1)).toBeGreaterThanOrEqual(400)
  })

  it('that still waits when the server closes is dropped', async () => {
    const { emulator, path, ask, lists } = await startWithBusyWorld()
    const asked = Promise.allSettled([
      ...lists(),
      ask('get', { url: path('calm') }),
      ask('health', { url: '/healthz' }),
    ])
    await emulator.close()

    expect((await asked).at(-2)).toMatchObject({ status: 'rejected' })
  })
})
