/** Many calls at the same time on a real port: each is done wholly, one after the other. */
import { Agent, request } from 'node:http'
import { json } from 'node:stream/consumers'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { State } from '../../schemas/state.ts'
import { startAttacked, TUNNELS } from '../support/attacked.ts'
import { ACCOUNT } from '../support/emulator.ts'
import { expectSound } from '../support/property/invariants.ts'

interface Answer {
  readonly status: number
  readonly errors: readonly { readonly code: number }[]
  readonly result: { readonly id: string; readonly version: number; readonly config: unknown }
}

let server: Awaited<ReturnType<typeof startAttacked>>
const agent = new Agent({ keepAlive: true, maxSockets: 100 })
beforeAll(async () => {
  server = await startAttacked()
})
beforeEach(() => server.control('POST', '/reset', { to: 'empty' }))
afterAll(async () => {
  agent.destroy()
  await server.stop()
})

function call(method: string, path: string, body?: object): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(`${server.url}${path}`, { method, agent, headers: { authorization: 'Bearer t' } }, response =>
      json(response).then(answer => resolve({ ...(answer as Answer), status: response.statusCode ?? 0 }), reject),
    )
    sent.once('error', reject).end(body && JSON.stringify(body))
  })
}

function api(method: string, path: string, body?: object) {
  return call(method, `${TUNNELS}${path}`, body)
}

function times<T>(count: number, work: (nth: number) => Promise<T>): Promise<T[]> {
  return Promise.all(Array.from({ length: count }, (_, nth) => work(nth)))
}
/** How often each status came, with the code of its error. */
function statuses(answers: readonly Answer[]): Record<string, number> {
  const outcomes = Map.groupBy(answers, ({ status, errors }) => [status, errors?.[0]?.code].filter(Boolean).join(' '))
  return Object.fromEntries([...outcomes].map(([outcome, all]) => [outcome, all.length]))
}

async function state(): Promise<State> {
  const dump = (await server.control('GET', '/state')) as State
  expectSound(dump)
  return dump
}

async function create(name: string): Promise<string> {
  return (await api('POST', '', { name })).result.id
}

describe('at the same time', () => {
  it('of 400 who want one name just one gets it', async () => {
    const answers = await times(400, () => api('POST', '', { name: 'blog' }))

    expect(statuses(answers)).toEqual({ '200': 1, '409 1013': 399 })
    expect((await state()).tunnels).toHaveLength(1)
  })

  it('of 200 tunnels that want one name just one gets it', async () => {
    const ids = await times(200, nth => create(`tunnel-${nth}`))
    const answers = await Promise.all(ids.map(id => api('PATCH', `/${id}`, { name: 'blog' })))

    expect(statuses(answers)).toEqual({ '200': 1, '409 1013': 199 })
    await state()
  })

  it('creating and deleting under one name never makes two', async () => {
    const rounds = await times(300, async () => {
      const made = await api('POST', '', { name: 'blog' })
      return made.status === 200 ? [made, await api('DELETE', `/${made.result.id}`)] : [made]
    })
    const made = rounds.flat().filter(({ status }) => status === 200)

    expect(Object.keys(statuses(rounds.flat())).toSorted()).toEqual(['200', '409 1013'])
    expect((await state()).tunnels).toHaveLength(made.length / 2)
  })

  it('400 configurations of one tunnel become the versions from 1 to 400, and the last is in force', async () => {
    const id = await create('blog')
    const ingress = (nth: number) => [{ service: `http://localhost:${1_000 + nth}` }]
    const answers = await times(400, nth => api('PUT', `/${id}/configurations`, { config: { ingress: ingress(nth) } }))
    const versions = answers.map(({ result }) => result.version).toSorted((a, b) => a - b)

    expect(versions).toEqual(Array.from({ length: 400 }, (_, index) => index + 1))
    const [last] = answers.filter(({ result }) => result.version === 400)
    expect((await api('GET', `/${id}/configurations`)).result).toEqual(last?.result)
    const [tunnel] = (await state()).tunnels ?? []
    expect(tunnel?.configurations?.map(({ version }) => version)).toEqual(versions)
  })

  it('a delete and a connector that connects: one of the two is refused, and nothing lives on a deleted tunnel', async () => {
    const ids = await times(200, nth => create(`tunnel-${nth}`))
    const connectors = (id: string): string => `/_mockflared/accounts/${ACCOUNT}/tunnels/${id}/connectors`
    const outcomes = await Promise.all(
      ids.map(async (id, nth) => {
        const [connect, remove] = [() => call('POST', connectors(id), {}), () => api('DELETE', `/${id}`)]
        const [first, second] = nth % 2 ? [connect, remove] : [remove, connect]
        // Who comes first of two at once is up to the machine, so some take turns: then both outcomes are seen.
        return (nth % 4 > 1 ? [await first(), await second()] : await Promise.all([first(), second()]))
          .map(({ status }) => status)
          .toSorted()
          .join(' ')
      }),
    )

    expect(outcomes.filter(outcome => !['200 400', '200 403'].includes(outcome))).toEqual([])
    expect(new Set(outcomes).size).toBe(2)
    await state()
  })

  it('forks and resets leave every world sound, and every call an answer', async () => {
    const writing = times(600, nth => api('POST', '', { name: `tunnel-${nth}` }))
    const forkOnceNoResetIsInTheWay = async (id: string): Promise<void> => {
      const { status } = await call('PUT', `/_mockflared/worlds/${id}`, { from: 'current' })
      if (status === 409) await forkOnceNoResetIsInTheWay(id)
    }
    const forking = times(30, async nth => {
      await forkOnceNoResetIsInTheWay(`fork-${nth}`)
      const made = await call('POST', `/w/fork-${nth}${TUNNELS}`, { name: 'only here' })
      const fork = (await server.control('GET', '/state', undefined, `/w/fork-${nth}`)) as State
      await call('DELETE', `/_mockflared/worlds/fork-${nth}`)
      expectSound(fork)
      return made
    })
    const resetting = times(10, () => call('POST', '/_mockflared/reset', { to: 'empty' }))
    const answers = (await Promise.all([writing, forking, resetting])).flat()

    expect(answers.filter(({ status }) => ![200, 409].includes(status))).toEqual([])
    expect((await state()).tunnels?.filter(({ name }) => name === 'only here')).toEqual([])
  })
})
