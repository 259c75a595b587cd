import { describe, expect, it } from 'vitest'
import { ACCOUNT, seedOf, startEmulator } from '../../support/emulator.ts'

const ID = 'f70ff985-a4ef-4643-bbbc-4a0ed4fc8415'

const EMPTY = { status: 200, result: [], result_info: { page: 1, per_page: 1000, count: 0, total_count: 0 } }

function startNamed(...names: readonly string[]) {
  return startEmulator({ seed: seedOf(...names.map(name => ({ name }))) })
}

describe('GET tunnels, 200', { tags: ['list_all', 'list_types'] }, () => {
  it.each([
    '',
    '?is_deleted=true',
    '?is_deleted=false',
    '?status=healthy',
    '?status=down',
    '?include_prefix=h',
    '?exclude_prefix=h',
    '?name_prefix=d',
    '?name=healthy',
    `?uuid=${ID}`,
    '?existed_at=2019-10-12T07%253A20%253A50.52Z',
    '?was_active_at=2026-01-01T00:00:00Z',
    '?was_inactive_at=2026-01-01T00:00:00Z',
    '?per_page=3&page=2',
  ])('with "%s" returns exactly the list of cfd_tunnel', async query => {
    const { get, old } = await startEmulator({ seed: ['every-status'] })

    expect(await old.get(query)).toMatchObject({ ...(await get(query)), headers: expect.anything() })
  })

  it.each(['2025-11-30', '2026-10-04', '2026-10-05'])(
    'with the behaviour of %s returns the list of cfd_tunnel',
    async behaviour => {
      const { get, old } = await startEmulator({ seed: ['every-status'], behaviour })

      expect((await old.get('')).result).toEqual((await get('')).result)
    },
  )

  it.each([
    'tun_types=cfd_tunnel',
    'tun_types=cfd_tunnel,warp_connector',
    'tun_types=gre%2Ccfd_tunnel',
    'tun_types=warp_connector&tun_types=cfd_tunnel',
    'tun_types=ip_sec,cni&tun_types=magic,cfd_tunnel',
    'tun_types=',
  ])('with %s returns the tunnels of cloudflared', async query => {
    const { old } = await startNamed('blog', 'shop')

    expect(await old.get(`?${query}`)).toMatchObject({
      result: [{ tun_type: 'cfd_tunnel' }, { tun_type: 'cfd_tunnel' }],
      result_info: { count: 2, total_count: 2 },
    })
  })

  it.each(['warp_connector', 'warp', 'magic', 'ip_sec', 'gre', 'cni', 'warp,magic'])(
    'with tun_types=%s returns an empty list',
    async types => {
      const { old } = await startNamed('blog')

      expect(await old.get(`?tun_types=${types}`)).toMatchObject(EMPTY)
    },
  )

  it('returns the number and size of an empty page', async () => {
    const { old } = await startNamed('blog')

    expect((await old.get('?tun_types=warp&page=3&per_page=5')).result_info).toEqual({
      page: 3,
      per_page: 5,
      count: 0,
      total_count: 0,
    })
  })

  it('answers without the prefix of the API too', async () => {
    const { send } = await startNamed('blog')
    const response = await send({ url: `/accounts/${ACCOUNT}/tunnels`, headers: { authorization: 'Bearer token' } })

    expect(response).toMatchObject({ status: 200, result: [{ name: 'blog' }] })
  })
})

describe('GET tunnels, 400', { tags: ['query_refused'] }, () => {
  it.each([
    ['tun_types=argo', 'unknown variant `argo`, expected one of `cfd_tunnel`, `warp_connector`, '],
    ['tun_types=cfd_tunnel,,warp', 'unknown variant ``'],
    ['tun_types=CFD_TUNNEL', 'unknown variant `CFD_TUNNEL`'],
    ['tun_types=warp&per_page=0', 'invalid value: integer `0`, expected u32 (minimum 1, maximum 1000)'],
    ['status=fine', 'unknown variant `fine`'],
  ])('answers 1030 for %s', async (query, reason) => {
    const { old } = await startEmulator()

    expect(await old.get(`?${query}`)).toMatchObject({
      status: 400,
      errors: [{ code: 1030, message: expect.stringContaining(`Query deserialize error: ${reason}`) }],
    })
  })
})
