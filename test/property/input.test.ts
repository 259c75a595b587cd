/** Anything in body, query and path: never a defect, never half a change. */
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { problemWith } from '../../schemas/check.ts'
import { MODELS } from '../../schemas/control/models.ts'
import type { Operation } from '../../schemas/control/operation.ts'
import { OPERATIONS } from '../../schemas/control/operations.ts'
import { Failure } from '../../schemas/envelope.ts'
import { State } from '../../schemas/state.ts'
import type { TSchema } from '../../schemas/typebox.ts'
import { createEmulator, type Emulator } from '../../src/emulator/emulator.ts'
import { ACCOUNT, UNKNOWN_ID } from '../support/emulator.ts'
import { START } from '../support/property/facts.ts'
import { fitting, nearly } from '../support/property/fitting.ts'
import { expectSound } from '../support/property/invariants.ts'
import { world } from '../support/property/operations.ts'
import { holds } from '../support/property/replay.ts'
import { asQuery, type Shot, shots } from '../support/property/shots.ts'
import { inWorld, PREFIX, type Subject } from '../support/property/subject.ts'

let emulator: Emulator
let credulous: Emulator
beforeAll(async () => {
  const options = { listen: false, clock: START, random_seed: 1 }
  emulator = await createEmulator(options)
  credulous = await createEmulator({ ...options, check_ingress: false })
})
afterAll(() => Promise.all([emulator.close(), credulous.close()]))

function send(server: Emulator, { method, path, query, body }: Shot, { tunnels: [tunnel] = [] }: State) {
  const [tunnelId, connectorId] = [tunnel?.id ?? UNKNOWN_ID, tunnel?.connectors?.[0]?.id ?? UNKNOWN_ID]
  const url = `${PREFIX}${path}${query && `?${query}`}`.replace('TUNNEL', tunnelId).replace('CONNECTOR', connectorId)
  const headers = { authorization: 'Bearer token' }
  return server.inject({ method, url, headers, ...(body !== undefined && { payload: body }) })
}

async function fire(server: Emulator, subject: Subject, shot: Shot): Promise<void> {
  const before = await subject.dump()
  const response = await send(server, shot, before)
  const after = await subject.dump()

  expect(response.statusCode).toBeLessThan(500)
  expectSound(after)
  if (response.statusCode !== 200) {
    expect(problemWith(Failure, response.json())).toBeUndefined()
    expect(response.headers['content-type']).toBe('application/json')
  }
  if (response.statusCode !== 200 || shot.method === 'GET') expect(after).toEqual(before)
  if (response.statusCode === 200 && shot.method === 'PUT') expectVerbatim(String(shot.body), response.json())
}

/** Stored and answered as sent, odd keys included; only a null under a known key is as good as none. */
function expectVerbatim(sent: string, { result }: { result: { config: object } }): void {
  const { config } = JSON.parse(sent)
  if (!sent.includes('null')) expect(result.config).toEqual({ 'warp-routing': { enabled: false }, ...config })
}

describe('anything that is sent to the API', () => {
  it.each([
    ['that checks configurations', () => emulator],
    ['that takes any', () => credulous],
  ])('%s is answered by its models, and changes nothing when it is refused', async (_what, server) => {
    await holds(40, fc.tuple(world, shots), ([state, all]) =>
      inWorld(server(), state, async subject => {
        for (const shot of all) await fire(server(), subject, shot)
      }),
    )
  })
})

/** Every tunnel that there is, asked for in every way. */
async function look({ api }: Subject, { tunnels = [] }: State): Promise<readonly number[]> {
  const paths = ['', '?is_deleted=true', '?was_active_at=2020-01-01T00:00:00Z', '?status=healthy']
  for (const { id } of tunnels) {
    paths.push(...['', '/configurations', '/connections', '/token'].map(path => `/${id}${path}`))
  }
  return Promise.all(paths.map(async path => (await api('GET', path)).status))
}

describe('any state', () => {
  it('is refused, or is a sound world in which everything can be read, and which its dump brings back', async () => {
    await holds(40, nearly(State), state =>
      inWorld(emulator, {}, async subject => {
        const request = { method: 'PUT' as const, url: `${PREFIX}/_mockflared/state`, payload: JSON.stringify(state) }
        const { statusCode } = await emulator.inject(request)
        expect([200, 400]).toContain(statusCode)

        const dump = await subject.dump()
        expectSound(dump)
        expect((await look(subject, dump)).filter(status => status >= 500)).toEqual([])
        await subject.control.putState(dump)
        expect(await subject.dump()).toEqual(dump)
      }),
    )
  })
})

const all: readonly Operation[] = Object.values(OPERATIONS)
const CALLABLE = all.filter(({ route: [, path] }) => !path.startsWith('/worlds'))
const EMPTY = { type: 'object', properties: {} } as unknown as TSchema

/** The operation with this place in the list, and its models. */
function callable(nth: number) {
  const { route: [method, path] = ['GET', '/'], params, query, body, result } = CALLABLE[nth] ?? {}
  return {
    method,
    path,
    params: params ? MODELS[params] : EMPTY,
    query: query ? MODELS[query] : EMPTY,
    body: body ? MODELS[body] : EMPTY,
    result: result && MODELS[result],
  }
}

/** The input of an operation, and the place of that operation in the list. */
const call = fc.nat(CALLABLE.length - 1).chain(nth => {
  const { params, query, body } = callable(nth)
  return fc.record({ nth: fc.constant(nth), params: fitting(params), query: nearly(query), body: nearly(body) })
})

function requestOf({ nth, params, query, body }: { nth: number; params: unknown; query: unknown; body: unknown }) {
  const { method, path } = callable(nth)
  const values = new Map(Object.entries({ ...(params as object), account_id: ACCOUNT }))
  const filled = path.replaceAll(/:(\w+)/g, (_, name) => encodeURIComponent(String(values.get(name))))
  const url = `${PREFIX}/_mockflared${filled}?${asQuery(query)}`
  return { method, url, headers: { host: 'localhost' }, ...(method !== 'GET' && { payload: JSON.stringify(body) }) }
}

describe('anything that is sent to the control plane', () => {
  it('is answered by its models, and leaves a sound world', async () => {
    await holds(40, fc.tuple(world, fc.array(call, { maxLength: 8, size: 'max' })), ([state, calls]) =>
      inWorld(emulator, state, async subject => {
        for (const one of calls) {
          const response = await emulator.inject(requestOf(one))
          expect(response.statusCode).toBeLessThan(500)
          const model = callable(one.nth).result
          if (response.statusCode === 200 && model) expect(problemWith(model, response.json())).toBeUndefined()
          expectSound(await subject.dump())
        }
      }),
    )
  })
})
