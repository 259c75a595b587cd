import { describe, expect, it } from 'vitest'
import { LABELS } from '../../schemas/evidence.ts'
import type { StateTunnel } from '../../schemas/state.ts'
import type { EmulatorOptions } from '../../src/emulator/emulator.ts'
import { PRODUCTS } from '../../src/resources/products.ts'
import { type ApiResponse, SECRET, seedOf, startEmulator, UNKNOWN_ID } from '../support/emulator.ts'

const ID = 'f70ff985-a4ef-4643-bbbc-4a0ed4fc8415'
const OTHER = '00000000-0000-4000-8000-000000000002'
const CONNECTOR = '00000000-0000-4000-9000-000000000001'
const config = { ingress: [{ service: 'http_status:404' }] }

const { behaviours: BEHAVIOURS, weakestOf } = PRODUCTS.catalogueOf([])

type Started = Awaited<ReturnType<typeof startEmulator>>
type Tunnel = Omit<StateTunnel, 'account_tag'>

const remote: Tunnel = { id: ID, name: 'blog', config_src: 'cloudflare' }
const other: Tunnel = { id: OTHER, name: 'shop' }
const before: EmulatorOptions = { behaviour: '2026-10-04' }
function post(path: string, body: object) {
  return (api: Started) => api.post(path, body)
}

function get(path: string) {
  return (api: Started) => api.get(path)
}

function remove(path: string) {
  return (api: Started) => api.delete(path)
}

/** A request, the tunnels, the options, and the expected header. */
const CASES: readonly [string, (api: Started) => Promise<ApiResponse>, Tunnel[], EmulatorOptions, string][] = [
  ['an empty list', get(''), [], before, 'documented; list_live_only'],
  ['a list of two', get(''), [remote, other], { behaviour: '2025-11-30' }, 'recorded'],
  ['a list on an earlier day', get(''), [], { behaviour: '2025-11-30' }, 'recorded'],
  ['a page past the end', get('?page=2'), [remote], before, 'client; list_past_the_end'],
  ['an alias of cloudflared', get('?name_prefix=b'), [remote], before, 'client; filter_name_prefix'],
  ['an empty prefix', get('?include_prefix='), [], before, 'assumed; filter_empty_prefix'],
  ['an unknown parameter', get('?colour=red'), [], before, 'inferred; unread_ignored'],
  ['a list of all types', api => api.old.get(''), [], before, 'documented; list_live_only'],
  ['a list by type', api => api.old.get('?tun_types=cfd_tunnel'), [], before, 'client; list_types'],
  ['a list of other types', api => api.old.get('?tun_types=warp'), [], before, 'client; list_types'],
  ['a tunnel', get(`/${ID}`), [remote], before, 'recorded'],
  ['a tunnel on the latest day', get(`/${ID}`), [remote], {}, 'documented; connections_gone'],
  ['a healthy tunnel', get(`/${ID}`), [{ ...remote, connectors: [{}] }], before, 'documented; tunnel_status'],
  [
    'a degraded tunnel',
    get(`/${ID}`),
    [{ ...remote, connectors: [{ connections: [{}] }] }],
    before,
    'assumed; status_threshold',
  ],
  ['a creation', post('', { name: 'a', config_src: 'cloudflare', tunnel_secret: SECRET }), [], before, 'recorded'],
  [
    'a creation with a short secret',
    post('', { name: 'a', config_src: 'cloudflare', tunnel_secret: 'AQID' }),
    [],
    before,
    'assumed; secret_short',
  ],
  ['a creation by default', post('', { name: 'a' }), [], before, 'documented; create_local'],
  ['a creation on the latest day', post('', { name: 'a' }), [], {}, 'inferred; connections_on_writes'],
  ['an unknown key', post('', { name: 'a', colour: 'red' }), [], before, 'inferred; unread_ignored'],
  ['an update', api => api.patch(`/${ID}`, { name: 'b' }), [remote], before, 'documented; update_answer'],
  [
    'a rename to a used name',
    api => api.patch(`/${ID}`, { name: 'shop' }),
    [remote, other],
    before,
    'assumed; update_name_taken',
  ],
  ['a deletion', remove(`/${ID}`), [remote], before, 'recorded'],
  ['a second deletion', remove(`/${ID}`), [{ ...remote, deleted_at: '-0s' }], before, 'inferred; delete_again'],
  ['a refused deletion', remove(`/${ID}`), [{ ...remote, connectors: [{}] }], before, 'recorded'],
  [
    'a deletion with cascade',
    remove(`/${ID}?cascade=true`),
    [{ ...remote, connectors: [{}] }],
    before,
    'documented; delete_cascade',
  ],
  ['no configuration yet', get(`/${ID}/configurations`), [remote], before, 'recorded'],
  [
    'a configuration with its account',
    get(`/${ID}/configurations`),
    [remote],
    { behaviour: 'latest,configuration_account_id=on' },
    'documented; configuration_account_id',
  ],
  ['a new configuration', api => api.put(`/${ID}/configurations`, { config }), [remote], before, 'recorded'],
  [
    'a configuration for a local tunnel',
    api => api.put(`/${OTHER}/configurations`, { config }),
    [other],
    before,
    'inferred; configuration_migrates',
  ],
  [
    'a configuration without rules',
    api => api.put(`/${ID}/configurations`, { config: {} }),
    [remote],
    before,
    'assumed; ingress_missing',
  ],
  ['no connectors', get(`/${ID}/connections`), [remote], before, 'inferred; connections_none'],
  ['connectors', get(`/${ID}/connections`), [{ ...remote, connectors: [{}] }], before, 'recorded'],
  [
    'a connection that is pending',
    get(`/${ID}/connections`),
    [{ ...remote, connectors: [{ run_at: '-1m', connections: [{ lost_at: '-1s' }] }], created_at: '-1m' }],
    before,
    'documented; connection_pending',
  ],
  ['a clean-up', remove(`/${ID}/connections`), [remote], before, 'assumed; clean_up_answer'],
  [
    'a connector',
    get(`/${ID}/connectors/${CONNECTOR}`),
    [{ ...remote, connectors: [{ id: CONNECTOR }] }],
    before,
    'recorded',
  ],
  [
    'a closed connector',
    get(`/${ID}/connectors/${CONNECTOR}`),
    [{ ...remote, connectors: [{ id: CONNECTOR, connections: [{ closed_at: '-0s' }] }] }],
    before,
    'assumed; connector_gone',
  ],
  ['a token', get(`/${ID}/token`), [remote], before, 'recorded'],
  ['a token of a local tunnel', get(`/${OTHER}/token`), [other], before, 'documented; tunnel_token_of_local'],
  [
    'a management token',
    post(`/${ID}/management`, { resources: ['logs'] }),
    [remote],
    before,
    'assumed; management_actor',
  ],
  ['an unknown tunnel', get(`/${UNKNOWN_ID}`), [], before, 'recorded'],
  [
    'the connections of an unknown tunnel',
    get(`/${UNKNOWN_ID}/connections`),
    [],
    before,
    'inferred; tunnel_not_found_elsewhere',
  ],
  ['the token of an unknown tunnel', get(`/${UNKNOWN_ID}/token`), [], before, 'assumed; token_not_found'],
  [
    'an update of a deleted tunnel',
    api => api.patch(`/${ID}`, { name: 'b' }),
    [{ ...remote, deleted_at: '-0s' }],
    before,
    'inferred; tunnel_deleted',
  ],
  [
    'a management token of a deleted tunnel',
    post(`/${ID}/management/logs`, {}),
    [{ ...remote, deleted_at: '-0s' }],
    before,
    'assumed; management_of_deleted',
  ],
  ['a malformed id', get('/blog'), [], before, 'assumed; id_form'],
  ['a bad query', get('?page=x'), [], before, 'inferred; input_invalid'],
  ['a bad body', post('', {}), [], before, 'inferred; input_invalid'],
  ['no credential', api => api.get('', undefined, {}), [], before, 'recorded'],
  [
    'an account outside the seed',
    get(''),
    [],
    { seed: [{ accounts: [{ id: ID.replaceAll('-', '') }] }] },
    'assumed; account_unlisted',
  ],
]

describe('mockflared-evidence', { tags: ['envelope'] }, () => {
  it.each(CASES)('has the expected value for %s', async (_, send, tunnels, options, expected) => {
    const api = await startEmulator({ seed: seedOf(...tunnels), ...options })

    expect((await send(api)).headers['mockflared-evidence']).toBe(expected)
  })

  it('is absent if the option is off', async () => {
    const { get } = await startEmulator({ evidence: false })

    expect((await get('')).headers).not.toHaveProperty('mockflared-evidence')
  })
})

describe('weakestOf', { tags: ['envelope'] }, () => {
  it('returns the least certain id, and the first of equals', () => {
    const ids = LABELS.flatMap(label =>
      [...BEHAVIOURS].filter(([, { evidence }]) => evidence === label).map(([id]) => id),
    )
    const assumed = ids.find(id => BEHAVIOURS.get(id)?.evidence === 'assumed')

    expect(weakestOf(ids)).toBe(assumed)
    expect(weakestOf(ids.slice(0, 2))).toBe(ids[0])
    expect(weakestOf([])).toBeUndefined()
  })
})
