/** Each verb through HTTP and through the library, from one table: two servers with one seed must give the same answer. */
import { describe, expect, it } from 'vitest'
import type { Action } from '../../src/control/action.ts'
import { ACTIONS, type ActionName } from '../../src/control/actions.ts'
import type { Control } from '../../src/control/in-process.ts'
import type { Emulator } from '../../src/emulator/emulator.ts'
import { ACCOUNT, seedOf } from '../support/emulator.ts'
import { startFrozen } from '../support/frozen-emulator.ts'

const TUNNEL = '00000000-0000-4000-8000-000000000001'
const LOCAL = '00000000-0000-4000-8000-000000000002'
const CONNECTOR = '00000000-0000-4000-9000-000000000001'
const LOCAL_CONNECTOR = '00000000-0000-4000-9000-000000000002'

const tunnel = { account_id: ACCOUNT, tunnel_id: TUNNEL }
const connector = { ...tunnel, connector_id: CONNECTOR }
const config = { ingress: [{ service: 'http_status:404' }] }

const seed = seedOf(
  {
    id: TUNNEL,
    name: 'blog',
    config_src: 'cloudflare',
    configurations: [{ config }, { config: { ingress: [{ service: 'hello_world' }] } }],
    connectors: [{ id: CONNECTOR }],
  },
  { id: LOCAL, name: 'local', connectors: [{ id: LOCAL_CONNECTOR }] },
)

/** What a verb is given, what must be done before it, and what its answer must have. */
interface Case {
  readonly given?: object
  readonly before?: (control: Control) => Promise<unknown>
  readonly answer: unknown
}

function slow(control: Control) {
  return control.addFault({ effect: { latency: { ms: 1 } } })
}

function saved(control: Control) {
  return control.saveSnapshot({ name: 'saved' })
}

const CASES: Record<ActionName, Case> = {
  getInfo: { answer: { world: 'main', random_seed: 1 } },
  getPublicKey: { answer: { kty: 'EC', crv: 'P-256' } },
  getClock: { answer: { frozen: true, next_due: null } },
  moveClock: { given: { advance: '5m' }, answer: { now: '2026-01-01T00:05:00.000000Z', frozen: true, happened: [] } },
  listConnectors: { given: tunnel, answer: [{ id: CONNECTOR, tunnel_status: 'healthy' }] },
  connectConnector: { given: { ...tunnel, connections: 2 }, answer: { tunnel_status: 'degraded' } },
  disconnectConnector: { given: { ...connector, graceful: false }, answer: { tunnel_status: 'down' } },
  reconnectConnector: {
    given: connector,
    before: control => control.disconnectConnector(connector),
    answer: { id: CONNECTOR, tunnel_status: 'healthy' },
  },
  drainConnector: { given: { ...connector, every: '1s' }, answer: { tunnel_status: 'degraded' } },
  flapConnector: { given: { ...connector, down_for: '3s' }, answer: { tunnel_status: 'down' } },
  changeConnector: { given: { ...connector, config_delay_ms: null }, answer: { config_delay_ms: null } },
  pushLocalConfiguration: {
    given: { account_id: ACCOUNT, tunnel_id: LOCAL, connector_id: LOCAL_CONNECTOR, config },
    answer: { version: 1 },
  },
  listConfigurations: {
    given: tunnel,
    answer: [
      { version: 1, author: 'seed', changes: [{ field: 'ingress' }] },
      { version: 2, changes: [{ field: 'ingress[0].service', before: 'http_status:404', after: 'hello_world' }] },
    ],
  },
  explain: {
    given: { url: 'https://www.example.com/', tunnel_id: TUNNEL, account_id: ACCOUNT },
    answer: {
      tunnels: [{ tunnel_name: 'blog', version: 2, rule: { index: 0, service: 'hello_world' }, serving: true }],
    },
  },
  addFault: { given: { preset: 'outage' }, answer: [{ id: 'fault-1', effect: { html: 502 }, hits: 0 }] },
  listFaults: { before: slow, answer: [{ id: 'fault-1', effect: { latency: { ms: 1 } } }] },
  removeFault: { given: { id: 'fault-1' }, before: slow, answer: { id: 'fault-1' } },
  clearFaults: { before: slow, answer: [{ id: 'fault-1' }] },
  listRequests: { given: { limit: 1 }, answer: [] },
  verifyRequests: {
    given: { operation: 'cloudflare-tunnel-create-a-cloudflare-tunnel' },
    answer: { passed: false, matched: 0 },
  },
  clearRequests: { answer: {} },
  listEvents: {
    given: { after: 0 },
    before: control => control.moveClock({ advance: 1 }),
    answer: [{ id: 1, type: 'clock_moved' }],
  },
  getReport: { answer: { answers: 0, behaviours: [] } },
  clearReport: { answer: { cleared: 0 } },
  getCoverage: { answer: { everywhere: { behaviours: expect.arrayContaining(['envelope']) } } },
  reset: { given: { to: 'empty' }, answer: { done: true } },
  getState: { answer: { tunnels: [{ name: 'blog' }, { name: 'local' }] } },
  putState: { given: { tunnels: [{ account_tag: ACCOUNT, name: 'other' }] }, answer: { done: true } },
  listSnapshots: { before: saved, answer: [{ name: 'saved', tunnels: 2 }] },
  saveSnapshot: { given: { name: 'saved' }, answer: { name: 'saved', tunnels: 2 } },
  getSnapshot: {
    given: { name: 'saved' },
    before: saved,
    answer: { version: 1, name: 'saved', clock: { frozen: true } },
  },
  restoreSnapshot: { given: { name: 'saved' }, before: saved, answer: { done: true } },
  deleteSnapshot: { given: { name: 'saved' }, before: saved, answer: { done: true } },
  createWorld: { given: { from: 'current' }, answer: { tunnels: 2 } },
  createWorldAs: { given: { id: 'job-4711', from: 'empty' }, answer: { id: 'job-4711', tunnels: 0 } },
  listWorlds: { answer: [{ id: 'main', tunnels: 2 }] },
  deleteWorld: { answer: { done: true } },
}

/** The request that HTTP makes of the one object that the library takes. */
function requestFor({ method, path, params, query }: Action, given: object) {
  const entries = Object.entries(given)
  const [inPath, inQuery] = [params, query].map(model => Object.keys(model?.properties ?? {}))
  const part = (keys: string[] = []) => entries.filter(([key]) => keys.includes(key))
  const body = Object.fromEntries(entries.filter(([key]) => !inPath?.includes(key) && !inQuery?.includes(key)))
  const filled = part(inPath).reduce((url, [key, value]) => url.replace(`:${key}`, String(value)), path)
  return {
    method,
    url: `/_mockflared${filled}?${new URLSearchParams(Object.fromEntries(part(inQuery).map(([key, value]) => [key, String(value)])))}`,
    ...(method !== 'GET' && { payload: body }),
  }
}

async function overHttp({ inject }: Emulator, name: ActionName, given: object): Promise<unknown> {
  const response = await inject(requestFor(ACTIONS[name] as Action, given))
  expect(response.statusCode).toBe(200)
  return response.json()
}

function inLibrary({ control }: Emulator, name: ActionName, given: object): Promise<unknown> {
  return (control[name] as (input: object) => Promise<unknown>)(given)
}

/** Addresses differ between a server that is reached under a name and one that does not listen; real time passes. */
function comparable(answer: unknown): unknown {
  return JSON.parse(
    JSON.stringify(answer)
      .replaceAll(/http:\/\/localhost:(80|0)/g, '')
      .replace(/"offset_ms":[-\d.]+/, '"offset_ms":0'),
  )
}

describe.each(Object.keys(ACTIONS) as ActionName[])('%s', name => {
  it('gives the same answer over HTTP and in the library', async () => {
    const answers = await Promise.all(
      [overHttp, inLibrary].map(async perform => {
        const { emulator, control } = await startFrozen({ seed })
        const { before, given = {} } = CASES[name]
        await before?.(control)
        const id = name === 'deleteWorld' ? { id: (await control.createWorld()).id } : {}
        return comparable(await perform(emulator, name, { ...given, ...id }))
      }),
    )

    expect(answers[0]).toEqual(answers[1])
    expect(answers[0]).toMatchObject(CASES[name].answer as object)
  })
})
