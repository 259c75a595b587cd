/** A repeated request gets the current state: responses are not cached. */
import { describe, expect, it } from 'vitest'
import type { StateConnector } from '../../schemas/state.ts'
import { ACCOUNT, seedOf, startEmulator } from '../support/emulator.ts'

const headers = { authorization: 'Bearer token' }

const ID = 'f70ff985-a4ef-4643-bbbc-4a0ed4fc8415'
const NOW = '2026-01-01T00:00:00Z'

async function startFrozenEmulator(connector: StateConnector = {}) {
  const api = await startEmulator({
    clock: NOW,
    seed: seedOf({ id: ID, name: 'blog', created_at: '-1h', connectors: [connector] }),
  })
  return { ...api, control: api.emulator.control }
}

describe('a repeated GET', () => {
  it('gets the same bytes with another cf-ray and audit entry', async () => {
    const { emulator } = await startFrozenEmulator()
    const request = () => emulator.inject({ url: `/client/v4/accounts/${ACCOUNT}/cfd_tunnel/${ID}`, headers })
    const [first, second] = [await request(), await request()]

    expect(second.body).toBe(first.body)
    const { date, 'cf-ray': ray, 'cf-auditlog-id': audit } = second.headers
    expect(second.headers).toEqual({ ...first.headers, date, 'cf-ray': ray, 'cf-auditlog-id': audit })
    expect(second.headers['cf-ray']).not.toBe(first.headers['cf-ray'])
  })

  it('is rejected without a valid credential', async () => {
    const credentials = [{ token: 'token', permissions: ['Cloudflare Tunnel Read' as const] }]
    const { get } = await startEmulator({ auth: 'strict', seed: { credentials } })

    expect((await get('')).status).toBe(200)
    expect((await get('', undefined, { authorization: `Bearer ${'a'.repeat(40)}` })).errors[0]?.code).toBe(9109)
    expect((await get('', undefined, {})).status).toBe(400)
  })

  it('counts against the quota of its caller', async () => {
    const { get } = await startEmulator({ rate_limit: true })
    const [first, second] = [await get(''), await get('')]

    expect(first.headers.ratelimit).toContain('r=1199')
    expect(second.headers.ratelimit).toContain('r=1198')
  })

  it.each(['', '?name=shop'])('returns new tunnels: a list%s', async query => {
    const { get, create } = await startEmulator()
    await create({ name: 'blog' })
    const before = await get<object[]>(query)
    const { id } = await create({ name: 'shop' })
    const after = await get<object[]>(query)

    expect(after.result).toHaveLength(before.result.length + 1)
    expect(after.result).toContainEqual(expect.objectContaining({ id }))
  })

  it('adds an entry to the request log and a response to the report', async () => {
    const { get, control } = await startFrozenEmulator()
    const responses = [await get(`/${ID}`), await get(`/${ID}`)]
    const requests = await control.listRequests()

    expect(requests.map(({ status, answer }) => ({ status, answer }))).toEqual(
      responses.map(({ status, headers, ...answer }) => ({ status, answer })),
    )
    expect((await control.getReport()).answers).toBe(2)
  })

  it('counts for every used behaviour, also after the report was cleared', async () => {
    const { get, control } = await startFrozenEmulator()
    const countsOf = async () => {
      const { behaviours } = await control.getReport()
      return new Set(behaviours.map(({ answers }) => answers))
    }
    for (let nth = 0; nth < 3; nth++) await get(`/${ID}`)
    expect(await countsOf()).toEqual(new Set([3]))

    await control.clearReport()
    expect((await control.getReport()).behaviours).toEqual([])
    for (let nth = 0; nth < 2; nth++) await get(`/${ID}`)
    expect(await countsOf()).toEqual(new Set([2]))
  })

  it('fails once a fault is set', async () => {
    const { get, control } = await startFrozenEmulator()
    await get(`/${ID}`)
    await control.addFault({ effect: { error: { status: 500, code: 1000 } } })

    expect((await get(`/${ID}`)).status).toBe(500)
  })

  it('is correct after a response that a fault changed', async () => {
    const { get, control } = await startFrozenEmulator()
    await control.addFault({ times: 1, effect: { body: 'malformed' } })
    await expect(get(`/${ID}`)).rejects.toThrow()

    expect((await get(`/${ID}`)).status).toBe(200)
  })

  it('reads stale data only as long as a fault is set', async () => {
    const { get, create, control } = await startFrozenEmulator()
    const { id } = await create({ name: 'shop' })
    expect((await get(`/${id}`)).status).toBe(200)
    await control.addFault({ times: 1, effect: { stale: { ms: 1_000 } } })

    expect((await get(`/${id}`)).status).toBe(404)
    expect((await get(`/${id}`)).status).toBe(200)
  })

  it('returns changes that happen with time alone', async () => {
    const { get, control } = await startFrozenEmulator({ run_at: '-2m', connections: [{ lost_at: '-1m' }] })
    const connectors = async () => (await get<object[]>(`/${ID}/connections`)).result.length
    const twice = async () => [await connectors(), await connectors()]

    expect(await twice()).toEqual([1, 1])
    await control.moveClock({ advance: '5m' })
    expect(await twice()).toEqual([0, 0])
  })
})
