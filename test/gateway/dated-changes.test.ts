import { describe, expect, it } from 'vitest'
import type { Configuration } from '../../schemas/configuration.ts'
import type { Tunnel } from '../../schemas/tunnel.ts'
import { ACCOUNT, seedOf, startEmulator } from '../support/emulator.ts'

const LIVE = '00000000-0000-4000-8000-000000000001'
const GONE = '00000000-0000-4000-8000-000000000002'

/** An emulator that behaves as on a day, with a connected tunnel and a deleted one. */
function startOn(behaviour: string) {
  return startEmulator({
    behaviour,
    seed: seedOf(
      { id: LIVE, name: 'live', config_src: 'cloudflare', created_at: '-1d', connectors: [{ run_at: '-1h' }] },
      { id: GONE, name: 'gone', created_at: '-2d', deleted_at: '-1d' },
    ),
  })
}

describe('behaviour config_src_in_answers', { tags: ['config_src_in_answers', 'change_days'] }, () => {
  it.each([
    ['2025-06-30', false],
    ['2025-07-01', true],
    ['latest', true],
    ['latest,config_src_in_answers=off', false],
    ['2025-06-30,config_src_in_answers=on', true],
  ])('as of %s: present %s', async (behaviour, isPresent) => {
    const { create, get, patch } = await startOn(behaviour)
    const created = await create({ name: 'blog', config_src: 'cloudflare' })
    const listed = await get<Tunnel[]>('?name=blog')

    for (const tunnel of [
      created,
      (await get<Tunnel>(`/${created.id}`)).result,
      (await patch<Tunnel>(`/${created.id}`, {})).result,
      ...listed.result,
    ]) {
      expect(Object.hasOwn(tunnel, 'config_src')).toBe(isPresent)
      expect(tunnel.remote_config).toBe(true)
    }
    expect(listed.result).toHaveLength(1)
  })
})

describe('behaviour list_live_only', { tags: ['list_live_only'] }, () => {
  it.each([
    ['2025-11-30', ['live', 'gone']],
    ['2025-12-01', ['live']],
    ['latest', ['live']],
    ['latest,list_live_only=off', ['live', 'gone']],
    ['2025-11-30,list_live_only=on', ['live']],
  ])('as of %s a list without is_deleted contains %j', async (behaviour, found) => {
    const { get } = await startOn(behaviour)
    const { result, result_info } = await get<Tunnel[]>('')

    expect(result.map(({ name }) => name)).toEqual(found)
    expect(result_info).toMatchObject({ count: found.length, total_count: found.length })
  })

  it.each(['2025-11-30', '2025-12-01'])('as of %s is_deleted selects tunnels', async behaviour => {
    const { get } = await startOn(behaviour)

    expect((await get('?is_deleted=false')).result).toMatchObject([{ name: 'live' }])
    expect((await get('?is_deleted=true')).result).toMatchObject([{ name: 'gone' }])
  })
})

describe('behaviour delete_refusal_2026', {
  tags: ['tunnel_connected_older_text', 'tunnel_connected', 'change_days'],
}, () => {
  const OLD = 'Cannot delete tunnel because it has active connections'
  const NEW =
    'This tunnel has active connections. Please stop all cloudflared replicas, or wait a few minutes for connections to close, then try again.'

  it.each([
    ['2026-05-31', OLD],
    ['2026-06-01', NEW],
    ['latest', NEW],
    ['latest,delete_refusal_2026=off', OLD],
  ])('as of %s 1022 says: %s', async (behaviour, message) => {
    const { delete: remove } = await startOn(behaviour)

    expect(await remove(`/${LIVE}`)).toMatchObject({ status: 400, errors: [{ code: 1022, message }] })
  })
})

describe('behaviour connections_gone', { tags: ['connections_gone', 'connections_on_writes'] }, () => {
  it.each([
    ['2026-10-04', 4],
    ['latest,connections_gone=off', 4],
    ['2026-10-05', undefined],
    ['latest', undefined],
    ['2025-01-01,connections_gone=on', undefined],
  ])('as of %s responses to get and list contain %s connections', async (behaviour, count) => {
    const { get } = await startOn(behaviour)
    const { result: tunnel } = await get<Tunnel>(`/${LIVE}`)
    const { result: list } = await get<Tunnel[]>('?is_deleted=false')

    expect(tunnel.connections?.length).toBe(count)
    expect(Object.hasOwn(tunnel, 'connections')).toBe(count !== undefined)
    expect(list).toEqual([tunnel])
  })

  it('before that day, a tunnel has the connections of the list of connections, or an empty list', async () => {
    const { get, create } = await startOn('2026-10-04')
    const { id } = await create({ name: 'blog' })
    const { result: clients } = await get<{ conns: unknown[] }[]>(`/${LIVE}/connections`)

    expect((await get(`/${LIVE}`)).result).toMatchObject({ connections: clients.flatMap(({ conns }) => conns) })
    expect((await get(`/${id}`)).result).toMatchObject({ connections: [] })
    expect((await get(`/${GONE}`)).result).toMatchObject({ connections: [] })
    expect((await get('?status=inactive&is_deleted=false')).result).toMatchObject([{ id, connections: [] }])
  })

  it.each(['2026-10-04', '2026-10-05', 'latest'])(
    'as of %s responses to create, update and delete contain connections',
    async behaviour => {
      const { create, patch, delete: remove } = await startOn(behaviour)
      const created = await create({ name: 'blog' })
      const { result: updated } = await patch<Tunnel>(`/${LIVE}`, {})
      const { result: deleted } = await remove<Tunnel>(`/${LIVE}?cascade=true`)

      expect(created.connections).toEqual([])
      expect(updated.connections).toHaveLength(4)
      expect(deleted.connections).toEqual([])
    },
  )
})

describe('behaviour configuration_account_id', { tags: ['configuration_account_id'] }, () => {
  it.each([
    ['2020-01-01', false],
    ['latest', false],
    ['latest,configuration_account_id=on', true],
    ['2020-01-01,configuration_account_id=on', true],
  ])('as of %s: present %s', async (behaviour, isPresent) => {
    const { put, get } = await startOn(behaviour)
    const { result: unconfigured } = await get<Configuration>(`/${LIVE}/configurations`)
    const config = { ingress: [{ service: 'hello_world' }] }
    const { result: configured } = await put<Configuration>(`/${LIVE}/configurations`, { config })

    expect([unconfigured.account_id, configured.account_id]).toEqual(
      isPresent ? [ACCOUNT, ACCOUNT] : [undefined, undefined],
    )
  })
})
