/**
 * Many requests at the same time on a real port. Each one is processed completely, one after
 * another.
 */
import { Agent, request } from 'node:http'
import { json } from 'node:stream/consumers'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { State } from '../../schemas/state.ts'
import { ACCOUNT } from '../support/emulator.ts'
import { expectValidWorld } from '../support/property/invariants.ts'
import { startServerUnderAttack, TUNNELS } from '../support/server-under-attack.ts'

interface Result {
  readonly status: number
  readonly errors: readonly { readonly code: number }[]
  readonly result: { readonly id: string; readonly version: number; readonly config: unknown }
}

let server: Awaited<ReturnType<typeof startServerUnderAttack>>
const agent = new Agent({ keepAlive: true, maxSockets: 100 })
beforeAll(async () => {
  server = await startServerUnderAttack()
})
beforeEach(() => server.control('POST', '/reset', { to: 'empty' }))
afterAll(async () => {
  agent.destroy()
  await server.stop()
})

function call(method: string, path: string, body?: object): Promise<Result> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      `${server.url}${path}`,
      { method, agent, headers: { authorization: 'Bearer t' } },
      response =>
        json(response).then(body => resolve({ ...(body as Result), status: response.statusCode ?? 0 }), reject),
    )
    outgoing.once('error', reject).end(body && JSON.stringify(body))
  })
}

function api(method: string, path: string, body?: object) {
  return call(method, `${TUNNELS}${path}`, body)
}

function inParallel<T>(count: number, work: (nth: number) => Promise<T>): Promise<T[]> {
  return Promise.all(Array.from({ length: count }, (_, nth) => work(nth)))
}
/** How often each status occurred, with its error code. */
function countStatuses(results: readonly Result[]): Record<string, number> {
  const outcomes = Map.groupBy(results, ({ status, errors }) => [status, errors?.[0]?.code].filter(Boolean).join(' '))
  return Object.fromEntries([...outcomes].map(([outcome, all]) => [outcome, all.length]))
}

async function expectValidWorldState(): Promise<State> {
  const dump = (await server.control('GET', '/state')) as State
  expectValidWorld(dump)
  return dump
}

async function create(name: string): Promise<string> {
  return (await api('POST', '', { name })).result.id
}

describe('at the same time', () => {
  it('one of 400 creates with the same name succeeds', async () => {
    const results = await inParallel(400, () => api('POST', '', { name: 'blog' }))

    expect(countStatuses(results)).toEqual({ '200': 1, '409 1013': 399 })
    expect((await expectValidWorldState()).tunnels).toHaveLength(1)
  })

  it('one of 200 renames to the same name succeeds', async () => {
    const ids = await inParallel(200, nth => create(`tunnel-${nth}`))
    const results = await Promise.all(ids.map(id => api('PATCH', `/${id}`, { name: 'blog' })))

    expect(countStatuses(results)).toEqual({ '200': 1, '409 1013': 199 })
    await expectValidWorldState()
  })

  it('creates and deletes with one name never leave two tunnels', async () => {
    const rounds = await inParallel(300, async () => {
      const created = await api('POST', '', { name: 'blog' })
      return created.status === 200 ? [created, await api('DELETE', `/${created.result.id}`)] : [created]
    })
    const successes = rounds.flat().filter(({ status }) => status === 200)

    expect(Object.keys(countStatuses(rounds.flat())).toSorted()).toEqual(['200', '409 1013'])
    expect((await expectValidWorldState()).tunnels).toHaveLength(successes.length / 2)
  })

  it('400 configurations of one local tunnel become versions 0 to 399, and the last one is current', async () => {
    const id = await create('blog')
    const ingress = (nth: number) => [{ service: `http://localhost:${1_000 + nth}` }]
    const results = await inParallel(400, nth =>
      api('PUT', `/${id}/configurations`, { config: { ingress: ingress(nth) } }),
    )
    const versions = results.map(({ result }) => result.version).toSorted((a, b) => a - b)

    expect(versions).toEqual(Array.from({ length: 400 }, (_, index) => index))
    const [last] = results.filter(({ result }) => result.version === 399)
    expect((await api('GET', `/${id}/configurations`)).result).toEqual(last?.result)
    const [tunnel] = (await expectValidWorldState()).tunnels ?? []
    expect(tunnel?.configurations?.map(({ version }) => version)).toEqual(versions)
  })

  it('one of a delete and a connect fails, and a deleted tunnel has no connections', async () => {
    const ids = await inParallel(200, nth => create(`tunnel-${nth}`))
    const connectors = (id: string): string => `/_mockflared/accounts/${ACCOUNT}/tunnels/${id}/connectors`
    const outcomes = await Promise.all(
      ids.map(async (id, nth) => {
        const [connect, remove] = [() => call('POST', connectors(id), {}), () => api('DELETE', `/${id}`)]
        const [first, second] = nth % 2 ? [connect, remove] : [remove, connect]
        // The machine decides which of two parallel requests is first. Half of them run in
        // sequence, so that both outcomes occur.
        return (nth % 4 > 1 ? [await first(), await second()] : await Promise.all([first(), second()]))
          .map(({ status }) => status)
          .toSorted()
          .join(' ')
      }),
    )

    expect(outcomes.filter(outcome => !['200 400', '200 403'].includes(outcome))).toEqual([])
    expect(new Set(outcomes).size).toBe(2)
    await expectValidWorldState()
  })

  it('forks and resets keep every world consistent and answer every request', async () => {
    const writing = inParallel(600, nth => api('POST', '', { name: `tunnel-${nth}` }))
    const forkWithRetries = async (id: string): Promise<void> => {
      const { status } = await call('PUT', `/_mockflared/worlds/${id}`, { from: 'current' })
      if (status === 409) await forkWithRetries(id)
    }
    const forking = inParallel(30, async nth => {
      await forkWithRetries(`fork-${nth}`)
      const created = await call('POST', `/w/fork-${nth}${TUNNELS}`, { name: 'only here' })
      const fork = (await server.control('GET', '/state', undefined, `/w/fork-${nth}`)) as State
      await call('DELETE', `/_mockflared/worlds/fork-${nth}`)
      expectValidWorld(fork)
      return created
    })
    const resetting = inParallel(10, () => call('POST', '/_mockflared/reset', { to: 'empty' }))
    const results = (await Promise.all([writing, forking, resetting])).flat()

    expect(results.filter(({ status }) => ![200, 409].includes(status))).toEqual([])
    expect((await expectValidWorldState()).tunnels?.filter(({ name }) => name === 'only here')).toEqual([])
  })
})
