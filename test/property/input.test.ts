/** Random bodies, queries and paths never cause a status of 500 or a partial change. */
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
import { expectValidWorld } from '../support/property/invariants.ts'
import { world } from '../support/property/operations.ts'
import { asQuery, type RandomRequest, randomRequests } from '../support/property/random-requests.ts'
import { fitting, nearly } from '../support/property/random-values.ts'
import { holds } from '../support/property/replay.ts'
import { inWorld, PREFIX, type Subject } from '../support/property/subject.ts'

let emulator: Emulator
let unchecked: Emulator
beforeAll(async () => {
  const options = { listen: false, clock: START, random_seed: 1 }
  emulator = await createEmulator(options)
  unchecked = await createEmulator({ ...options, check_ingress: false })
})
afterAll(() => Promise.all([emulator.close(), unchecked.close()]))

function send(server: Emulator, { method, path, query, body }: RandomRequest, { tunnels: [tunnel] = [] }: State) {
  const [tunnelId, connectorId] = [tunnel?.id ?? UNKNOWN_ID, tunnel?.connectors?.[0]?.id ?? UNKNOWN_ID]
  const url = `${PREFIX}${path}${query && `?${query}`}`.replace('TUNNEL', tunnelId).replace('CONNECTOR', connectorId)
  const headers = { authorization: 'Bearer token' }
  return server.inject({ method, url, headers, ...(body !== undefined && { payload: body }) })
}

async function sendAndCheck(server: Emulator, subject: Subject, request: RandomRequest): Promise<void> {
  const before = await subject.dump()
  const response = await send(server, request, before)
  const after = await subject.dump()

  expect(response.statusCode).toBeLessThan(500)
  expectValidWorld(after)
  if (response.statusCode !== 200) {
    expect(problemWith(Failure, response.json())).toBeUndefined()
    expect(response.headers['content-type']).toBe('application/json')
  }
  if (response.statusCode !== 200 || request.method === 'GET') expect(after).toEqual(before)
  if (response.statusCode === 200 && request.method === 'PUT') expectVerbatim(String(request.body), response.json())
}

/** A configuration is returned as sent, with unknown keys. A null under a known key is dropped. */
function expectVerbatim(sent: string, { result }: { result: { config: object } }): void {
  const { config } = JSON.parse(sent)
  if (!sent.includes('null')) expect(result.config).toEqual({ 'warp-routing': { enabled: false }, ...config })
}

describe('random requests to the API', () => {
  it.each([
    ['with check_ingress', () => emulator],
    ['without check_ingress', () => unchecked],
  ])('%s get responses that fit the models, and change nothing if they fail', async (_case, server) => {
    await holds(40, fc.tuple(world, randomRequests), ([state, requests]) =>
      inWorld(server(), state, async subject => {
        for (const request of requests) await sendAndCheck(server(), subject, request)
      }),
    )
  })
})

/** Reads every tunnel in every way. */
async function readEverything({ api }: Subject, { tunnels = [] }: State): Promise<readonly number[]> {
  const paths = ['', '?is_deleted=true', '?was_active_at=2020-01-01T00:00:00Z', '?status=healthy']
  for (const { id } of tunnels) {
    paths.push(...['', '/configurations', '/connections', '/token'].map(path => `/${id}${path}`))
  }
  return Promise.all(paths.map(async path => (await api('GET', path)).status))
}

describe('a random state', () => {
  it('is rejected, or loads a valid world whose export restores it', async () => {
    await holds(40, nearly(State), state =>
      inWorld(emulator, {}, async subject => {
        const request = { method: 'PUT' as const, url: `${PREFIX}/_mockflared/state`, payload: JSON.stringify(state) }
        const { statusCode } = await emulator.inject(request)
        expect([200, 400]).toContain(statusCode)

        const dump = await subject.dump()
        expectValidWorld(dump)
        expect((await readEverything(subject, dump)).filter(status => status >= 500)).toEqual([])
        await subject.control.putState(dump)
        expect(await subject.dump()).toEqual(dump)
      }),
    )
  })
})

const all: readonly Operation[] = Object.values(OPERATIONS)
const CALLABLE = all.filter(({ route: [, path] }) => !path.startsWith('/worlds'))
const EMPTY = { type: 'object', properties: {} } as unknown as TSchema

/** The nth operation with its models. */
function operationAt(nth: number) {
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

/** The input of the nth operation. */
const call = fc.nat(CALLABLE.length - 1).chain(nth => {
  const { params, query, body } = operationAt(nth)
  return fc.record({ nth: fc.constant(nth), params: fitting(params), query: nearly(query), body: nearly(body) })
})

function requestOf({ nth, params, query, body }: { nth: number; params: unknown; query: unknown; body: unknown }) {
  const { method, path } = operationAt(nth)
  const values = new Map(Object.entries({ ...(params as object), account_id: ACCOUNT }))
  const filled = path.replaceAll(/:(\w+)/g, (_, name) => encodeURIComponent(String(values.get(name))))
  const url = `${PREFIX}/_mockflared${filled}?${asQuery(query)}`
  return { method, url, headers: { host: 'localhost' }, ...(method !== 'GET' && { payload: JSON.stringify(body) }) }
}

describe('random requests to the control plane', () => {
  it('get responses that fit the models, and leave a valid world', async () => {
    await holds(40, fc.tuple(world, fc.array(call, { maxLength: 8, size: 'max' })), ([state, calls]) =>
      inWorld(emulator, state, async subject => {
        for (const operation of calls) {
          const response = await emulator.inject(requestOf(operation))
          expect(response.statusCode).toBeLessThan(500)
          const model = operationAt(operation.nth).result
          if (response.statusCode === 200 && model) expect(problemWith(model, response.json())).toBeUndefined()
          expectValidWorld(await subject.dump())
        }
      }),
    )
  })
})
