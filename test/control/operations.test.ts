/**
 * Each operation over HTTP and in the library: two servers with one seed must give the same result.
 */
import { describe, expect, it } from 'vitest'
import { problemWith } from '../../schemas/check.ts'
import type { Control } from '../../schemas/control/control.ts'
import { ControlError } from '../../schemas/control/control-error.ts'
import { MODELS } from '../../schemas/control/models.ts'
import { type Operation, partsOf } from '../../schemas/control/operation.ts'
import { OPERATION_NAMES, OPERATIONS, type OperationName } from '../../schemas/control/operations.ts'
import { HANDLERS } from '../../src/control/handlers.ts'
import type { Emulator } from '../../src/emulator/emulator.ts'
import { ACCOUNT, seedOf, UNKNOWN_ID } from '../support/emulator.ts'
import { startFrozen } from '../support/frozen-emulator.ts'

const TUNNEL = '00000000-0000-4000-8000-000000000001'
const LOCAL = '00000000-0000-4000-8000-000000000002'
const CONNECTOR = '00000000-0000-4000-9000-000000000001'
const LOCAL_CONNECTOR = '00000000-0000-4000-9000-000000000002'

const ZONE = '0'.repeat(32)

const tunnel = { account_id: ACCOUNT, tunnel_id: TUNNEL }
const connector = { ...tunnel, connector_id: CONNECTOR }
const config = { ingress: [{ service: 'http_status:404' }] }

const [state] = seedOf(
  {
    id: TUNNEL,
    name: 'blog',
    config_src: 'cloudflare',
    configurations: [{ config }, { config: { ingress: [{ service: 'hello_world' }] } }],
    connectors: [{ id: CONNECTOR }],
  },
  { id: LOCAL, name: 'local', connectors: [{ id: LOCAL_CONNECTOR }] },
)
const seed = [
  {
    ...state,
    zones: [{ name: 'example.org', id: ZONE }],
    routes: [{ account_id: ACCOUNT, network: '10.0.0.0/8', tunnel_id: TUNNEL }],
    access: [{ account_id: ACCOUNT, service_tokens: [{ name: 'ci' }] }],
    dns_records: [{ type: 'CNAME' as const, name: 'old', content: `${UNKNOWN_ID}.cfargotunnel.com`, proxied: true }],
  },
]

/** The input of an operation, what must be done before it, and what its result must have. */
interface Case {
  readonly input?: object
  readonly before?: (control: Control) => Promise<unknown>
  readonly result?: unknown
  /** The error of an operation that fails here. */
  readonly refusal?: { readonly code: string; readonly message: string }
}

function slow(control: Control) {
  return control.addFault({ effect: { latency: { ms: 1 } } })
}

function saved(control: Control) {
  return control.saveSnapshot({ name: 'saved' })
}

const refusal = { code: 'refused', message: 'the edge is off: start the server with --edge-port' }

const CASES: Record<OperationName, Case> = {
  getInfo: { result: { world: 'main', random_seed: 1 } },
  getPublicKey: { result: { kty: 'EC', crv: 'P-256' } },
  getClock: { result: { frozen: true, next_due: null } },
  moveClock: { input: { advance: '5m' }, result: { now: '2026-01-01T00:05:00.000000Z', frozen: true, happened: [] } },
  listDue: {
    before: control => control.disconnectConnector({ ...connector, graceful: false, connections: 1 }),
    result: [{ happens: 'connections_expire', ...connector, connections: 1 }],
  },
  listTunnels: {
    result: [
      {
        tunnel_id: TUNNEL,
        name: 'blog',
        status: 'healthy',
        connectors: 1,
        config_version: 2,
        hostnames: [],
        versions: [expect.any(String)],
      },
      { name: 'local', status: 'healthy', config_version: null },
    ],
  },
  getOverview: {
    input: { tunnel_id: TUNNEL, deleted: true, since: '2026-01-01T00:00:00Z' },
    result: {
      event_id: 0,
      clock: { frozen: true },
      tunnels: [{ name: 'blog', status: 'healthy', configuration: { version: 2 }, connectors: [{ id: CONNECTOR }] }],
    },
  },
  getTunnelRun: { input: tunnel, refusal },
  getDnsOverview: {
    result: {
      event_id: 0,
      zones: [{ id: ZONE, records: [{ name: 'old.example.org', tunnel: { tunnel_id: UNKNOWN_ID, name: null } }] }],
    },
  },
  getNetworkOverview: {
    result: {
      event_id: 0,
      virtual_networks: [{ account_id: ACCOUNT, is_default_network: true }],
      routes: [{ network: '10.0.0.0/8', tunnel_id: TUNNEL, tunnel_name: 'blog' }],
      hostname_routes: [],
    },
  },
  getAccessOverview: {
    result: { applications: [], policies: [], service_tokens: [{ account_id: ACCOUNT, name: 'ci' }], tags: [] },
  },
  listConnectors: { input: tunnel, result: [{ id: CONNECTOR, tunnel_status: 'healthy' }] },
  connectConnector: { input: { ...tunnel, connections: 2 }, result: { tunnel_status: 'degraded' } },
  disconnectConnector: { input: { ...connector, graceful: false }, result: { tunnel_status: 'down' } },
  reconnectConnector: {
    input: connector,
    before: control => control.disconnectConnector(connector),
    result: { id: CONNECTOR, tunnel_status: 'healthy' },
  },
  drainConnector: { input: { ...connector, every: '1s' }, result: { tunnel_status: 'degraded' } },
  flapConnector: { input: { ...connector, down_for: '3s' }, result: { tunnel_status: 'down' } },
  changeConnector: { input: { ...connector, config_delay_ms: null }, result: { config_delay_ms: null } },
  pushLocalConfiguration: {
    input: { account_id: ACCOUNT, tunnel_id: LOCAL, connector_id: LOCAL_CONNECTOR, config },
    result: { version: 0 },
  },
  listConfigurations: {
    input: tunnel,
    result: [
      { version: 1, author: 'seed', changes: [{ field: 'ingress' }] },
      { version: 2, changes: [{ field: 'ingress[0].service', before: 'http_status:404', after: 'hello_world' }] },
    ],
  },
  explain: {
    input: { url: 'https://www.example.com/', tunnel_id: TUNNEL, account_id: ACCOUNT },
    result: {
      tunnels: [{ tunnel_name: 'blog', version: 2, rule: { index: 0, service: 'hello_world' }, serving: true }],
    },
  },
  lint: {
    input: { leftovers: true },
    result: [{ rule: 'record_of_unknown_tunnel', zone_id: ZONE, name: 'old.example.org' }],
  },
  addFault: { input: { preset: 'outage' }, result: [{ id: 'fault-1', effect: { html: 502 }, hits: 0 }] },
  listFaults: { before: slow, result: [{ id: 'fault-1', effect: { latency: { ms: 1 } } }] },
  removeFault: { input: { id: 'fault-1' }, before: slow, result: { id: 'fault-1' } },
  clearFaults: { before: slow, result: [{ id: 'fault-1' }] },
  getEdge: { refusal },
  changeEdge: { input: { accepts: false }, refusal },
  getEdgeCertificate: { refusal },
  addEdgeFault: { input: { preset: 'flapping' }, refusal },
  listEdgeFaults: { refusal },
  removeEdgeFault: { input: { id: 'edge-fault-1' }, refusal },
  clearEdgeFaults: { refusal },
  listEdgeRequests: { input: { limit: 1 }, refusal },
  clearEdgeRequests: { refusal },
  listRequests: { input: { limit: 1 }, result: [] },
  listRequestSummaries: { input: { limit: 1, status: '4xx', unread: true }, result: [] },
  getRequest: {
    input: { id: 7 },
    refusal: { code: 'not_found', message: 'there is no request 7: the world has had none yet' },
  },
  verifyRequests: {
    input: { operation: 'cloudflare-tunnel-create-a-cloudflare-tunnel' },
    result: { passed: false, matched: 0 },
  },
  clearRequests: { result: {} },
  listEvents: {
    input: { after: 0 },
    before: control => control.moveClock({ advance: '1ms' }),
    result: [{ id: 1, type: 'clock_moved' }],
  },
  getReport: { input: { world_id: 'main' }, result: { answers: 0, behaviours: [] } },
  clearReport: { result: { cleared: 0 } },
  getCoverage: { result: { everywhere: { behaviours: expect.arrayContaining(['envelope']) } } },
  reset: { input: { to: 'empty' }, result: { done: true } },
  getState: { result: { tunnels: [{ name: 'blog' }, { name: 'local' }] } },
  putState: { input: { tunnels: [{ account_tag: ACCOUNT, name: 'other' }] }, result: { done: true } },
  listSnapshots: { before: saved, result: [{ name: 'saved', tunnels: 2 }] },
  saveSnapshot: { input: { name: 'saved' }, result: { name: 'saved', tunnels: 2 } },
  getSnapshot: {
    input: { name: 'saved' },
    before: saved,
    result: { version: 1, name: 'saved', clock: { frozen: true } },
  },
  getSnapshotChanges: {
    input: { name: 'saved' },
    before: async control => {
      await saved(control)
      await control.disconnectConnector({ ...connector, graceful: false })
    },
    result: { changes: [{ change: 'changed', section: 'tunnels', name: 'blog', before: 'healthy', status: 'down' }] },
  },
  restoreSnapshot: { input: { name: 'saved', keep: ['requests'] }, before: saved, result: { done: true } },
  deleteSnapshot: { input: { name: 'saved' }, before: saved, result: { done: true } },
  createWorld: { input: { from: 'current' }, result: { tunnels: 2 } },
  createWorldAs: { input: { id: 'job-4711', from: 'empty' }, result: { id: 'job-4711', tunnels: 0 } },
  listWorlds: {
    result: [{ id: 'main', tunnels: 2, statuses: { healthy: 2, down: 0 }, from: 'seed', dropped_at: null }],
  },
  deleteWorld: { result: { done: true } },
}

async function overHttp({ inject }: Emulator, name: OperationName, input: object): Promise<unknown> {
  const operation: Operation = OPERATIONS[name]
  const [method, path] = operation.route
  const { params, query, body } = partsOf(operation, input)
  const filledIn = Object.entries(params).reduce<string>(
    (url, [key, value]) => url.replace(`:${key}`, String(value)),
    path,
  )
  const pairs = Object.entries(query).map(([key, value]): [string, string] => [key, String(value)])
  const response = await inject({
    method,
    url: `/_mockflared${filledIn}?${new URLSearchParams(pairs)}`,
    ...(method !== 'GET' && { payload: body as object }),
  })
  expect([200, 404, 409]).toContain(response.statusCode)
  return response.json()
}

async function inLibrary({ control }: Emulator, name: OperationName, input: object): Promise<unknown> {
  try {
    return await (control[name] as (input: object) => Promise<unknown>)(input)
  } catch (error) {
    if (!(error instanceof ControlError)) throw error
    return { error: { code: error.code, message: error.message } }
  }
}

/** Without the address, which differs when the server is reached by a host name. */
function comparable(result: unknown): unknown {
  return JSON.parse(JSON.stringify(result).replaceAll(/http:\/\/localhost:(80|0)/g, ''))
}

describe.each(OPERATION_NAMES)('%s', name => {
  it('gives the same result over HTTP and in the library', async () => {
    const results = await Promise.all(
      [overHttp, inLibrary].map(async run => {
        const { emulator, control } = await startFrozen({ seed })
        const { before, input = {} } = CASES[name]
        await before?.(control)
        const id = name === 'deleteWorld' ? { id: (await control.createWorld()).id } : {}
        return comparable(await run(emulator, name, { ...input, ...id }))
      }),
    )

    expect(results[0]).toEqual(results[1])
    const { result, refusal } = CASES[name]
    const expected = refusal === undefined ? result : { error: refusal }
    expect(results[0]).toMatchObject(expected as object)
    if (refusal === undefined) expect(problemWith(MODELS[OPERATIONS[name].result], results[0])).toBeUndefined()
  })
})

describe('the contract', () => {
  const all = OPERATION_NAMES.map((name): [OperationName, Operation] => [name, OPERATIONS[name]])

  it.each(all)('%s names in its path the keys of its params', (_name, { route: [, path], params }) => {
    const inPath = [...path.matchAll(/:(\w+)/g)].map(([, key]) => key)

    expect(inPath).toEqual(params ? Object.keys(MODELS[params].properties) : [])
  })

  it('has no two operations with one route', () => {
    const routes = all.map(([, { route }]) => route.join(' '))

    expect(new Set(routes).size).toBe(routes.length)
  })

  it('declares a query only for GET and a body only for the other methods', () => {
    const wrong = all.filter(
      ([
        ,
        {
          route: [method],
          query,
          body,
        },
      ]) => (method === 'GET' ? body : query),
    )

    expect(wrong).toEqual([])
  })

  it('has exactly the operations that are implemented', () => {
    expect(Object.keys(HANDLERS).toSorted()).toEqual(OPERATION_NAMES.toSorted())
  })
})

describe('a route of the control plane', () => {
  it.each(['/clock', '/', ''])('answers HEAD %s like GET, without a body', async path => {
    const { emulator } = await startFrozen()
    const url = `/_mockflared${path}`
    const [head, get] = [await emulator.inject({ method: 'HEAD', url }), await emulator.inject({ url })]

    expect([head.statusCode, head.body]).toEqual([200, ''])
    expect(head.headers['content-type']).toBe(get.headers['content-type'])
  })

  it('decodes the parameters of its path', async () => {
    const { emulator } = await startFrozen()
    const response = await emulator.inject({ method: 'DELETE', url: '/_mockflared/faults/a%2Fb%20c' })

    expect(response.json().error.message).toBe('there is no fault a/b c')
  })

  it('is not an entry of the request log, whether it exists or not', async () => {
    const { emulator, control } = await startFrozen()
    for (const path of ['/clock', '/nonsense', '/faults/']) await emulator.inject({ url: `/_mockflared${path}` })

    expect(await control.listRequests()).toEqual([])
  })
})
