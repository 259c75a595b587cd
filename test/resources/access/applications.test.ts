import { describe, expect, it } from 'vitest'
import type { AccessApplication } from '../../../schemas/access-application.ts'
import { APP, startAccess } from '../../support/access.ts'
import { UNKNOWN_ID } from '../../support/emulator.ts'

describe('create an Access application', { tags: ['access_app_values', 'access_statuses'] }, () => {
  it('returns 201 with the values of a recorded application', {
    tags: ['access_app_defaults', 'access_times', 'access_key_order'],
  }, async () => {
    const { post } = await startAccess()
    const { status, headers, ...body } = await post<AccessApplication>('/apps', APP)
    const { id } = body.result

    expect(status).toBe(201)
    expect(Object.keys(body)).toEqual(['result', 'success', 'errors', 'messages'])
    expect(headers['mockflared-evidence']).toBe('recorded')
    expect(body.result).toEqual({
      id,
      uid: id,
      aud: expect.stringMatching(/^[0-9a-f]{64}$/),
      type: 'self_hosted',
      name: 'app',
      domain: 'app.example.com',
      destinations: [{ type: 'public', uri: 'app.example.com' }],
      self_hosted_domains: ['app.example.com'],
      session_duration: '24h',
      allowed_idps: [],
      tags: [],
      auto_redirect_to_identity: false,
      app_launcher_visible: true,
      enable_binding_cookie: false,
      http_only_cookie_attribute: true,
      options_preflight_bypass: false,
      policies: [],
      created_at: '2026-01-01T00:00:00Z',
      updated_at: '2026-01-01T00:00:00Z',
    })
  })

  it('returns optional fields that were given, and no unknown ones', {
    tags: ['access_optional_fields'],
  }, async () => {
    const { createApp } = await startAccess()
    const app = await createApp({
      cors_headers: { max_age: 5 },
      skip_interstitial: true,
      logo_url: null,
      colour: 'red',
    })

    expect(app).toMatchObject({ cors_headers: { max_age: 5 }, skip_interstitial: true })
    expect(app).not.toHaveProperty('logo_url')
    expect(app).not.toHaveProperty('colour')
  })

  it.each([
    ['warp', { allowed_idps: [], auto_redirect_to_identity: false, session_duration: '24h' }],
    ['bookmark', { domain: 'elsewhere.example.net', app_launcher_visible: true, tags: [] }],
    ['infrastructure', { target_criteria: [{ port: 22 }] }],
  ])(
    'of type %s has only the defaults of its type',
    {
      tags: ['access_app_defaults_elsewhere'],
    },
    async (type, expected) => {
      const { post } = await startAccess()
      const { domain, target_criteria } = expected as Partial<AccessApplication>
      const body = { type, ...(domain && { domain }), ...(target_criteria && { target_criteria }) }
      const { result, headers } = await post<AccessApplication>('/apps', body)
      const { id, uid, aud, created_at, updated_at, ...values } = result

      expect(values).toEqual({ type, policies: [], ...expected })
      expect(headers['mockflared-evidence']).toBe('inferred; access_app_defaults_elsewhere')
    },
  )

  it.each<[object, object]>([
    [
      { domain: undefined, self_hosted_domains: ['a.example.com', 'b.example.com/path'] },
      { domain: 'a.example.com', self_hosted_domains: ['a.example.com', 'b.example.com/path'] },
    ],
    [
      {
        domain: 'b.example.com',
        self_hosted_domains: ['c.example.com'],
        destinations: [
          { type: 'public', uri: 'a.example.com' },
          { type: 'public', uri: 'b.example.com' },
          { type: 'private', cidr: '10.0.0.0/8' },
        ],
      },
      { domain: 'b.example.com', self_hosted_domains: ['a.example.com', 'b.example.com'] },
    ],
    [
      { domain: undefined, destinations: [{ type: 'worker', worker_id: 'w' }] },
      { self_hosted_domains: [], destinations: [{ type: 'worker', worker_id: 'w' }] },
    ],
  ])(
    'with the hostnames %j has %j',
    {
      tags: ['access_destinations', 'access_domain_default'],
    },
    async (body, expected) => {
      expect(await (await startAccess()).createApp(body)).toMatchObject(expected)
    },
  )

  it('finds hostnames in the zones of the account, with wildcards and paths', {
    tags: ['access_default_zone'],
  }, async () => {
    const own = await startAccess({
      seed: [{ zones: [{ name: 'shop.example' }, { name: 'new.example', status: 'pending' }] }],
    })
    const codeOf = async (domain: string) => (await own.post('/apps', { ...APP, domain })).errors[0]?.message

    expect(await codeOf('shop.example')).toBeUndefined()
    expect(await codeOf('*.Shop.example/path')).toBeUndefined()
    expect(await codeOf('other-shop.example')).toMatch('does not belong to zone')
    expect(await codeOf('app.new.example')).toMatch('does not belong to zone')

    const other = await startAccess({}, 'f'.repeat(32))
    expect((await other.post('/apps', APP)).headers['mockflared-evidence']).toBe('assumed; access_default_zone')
  })
})

describe('update an Access application', { tags: ['access_app_values', 'access_put_replaces'] }, () => {
  it('replaces everything but id, aud and the time of its creation', async () => {
    const { createApp, put, get, control } = await startAccess()
    const { id, aud } = await createApp({ app_launcher_visible: false, skip_interstitial: true })
    await control.moveClock({ advance: '90s' })
    const { status, result } = await put<AccessApplication>(`/apps/${id}`, { ...APP, name: 'new' })

    expect(status).toBe(200)
    expect(result).toMatchObject({
      id,
      aud,
      name: 'new',
      app_launcher_visible: true,
      created_at: '2026-01-01T00:00:00Z',
      updated_at: '2026-01-01T00:01:30Z',
    })
    expect(result).not.toHaveProperty('skip_interstitial')
    expect((await get(`/apps/${id}`)).result).toEqual(result)
  })

  it('of an unknown application is an error, as are get and delete', {
    tags: ['access_not_found_elsewhere'],
  }, async () => {
    const { get, put, delete: remove } = await startAccess()

    expect((await get(`/apps/${UNKNOWN_ID}`)).headers['mockflared-evidence']).toBe(
      'inferred; access_not_found_elsewhere',
    )
    expect((await put(`/apps/${UNKNOWN_ID}`, APP)).errors[0]?.code).toBe(12135)
    expect((await remove(`/apps/${UNKNOWN_ID}`)).status).toBe(404)
    expect((await get('/service_tokens/nothing')).status).toBe(404)
    expect((await get('/tags/nothing')).status).toBe(404)
  })
})

describe('delete an Access application', { tags: ['access_statuses'] }, () => {
  it('returns 202 with its id, and frees its domain', async () => {
    const { createApp, delete: remove, get } = await startAccess()
    const { id } = await createApp()

    expect(await remove(`/apps/${id.toUpperCase()}`)).toMatchObject({ status: 202, result: { id } })
    expect((await get(`/apps/${id}`)).status).toBe(404)
    await createApp()
  })
})

describe('list Access applications', { tags: ['access_list_order', 'access_page_size'] }, () => {
  const startList = async () => {
    const started = await startAccess()
    const names = ['blog', 'Shop', 'shop-admin']
    for (const name of names) await started.createApp({ name, domain: `${name.toLowerCase()}.example.com` })
    return {
      ...started,
      names: async (query: string) =>
        (await started.get<AccessApplication[]>(`/apps${query}`)).result.map(({ name }) => name),
    }
  }

  it('returns them oldest first with the number of pages', { tags: ['access_key_order'] }, async () => {
    const { get, names } = await startList()
    const { result_info } = await get('/apps')

    expect(await names('')).toEqual(['blog', 'Shop', 'shop-admin'])
    expect(result_info).toEqual({ page: 1, per_page: 1000, count: 3, total_count: 3, total_pages: 1 })
    expect(await names('?per_page=2&page=2')).toEqual(['shop-admin'])
  })

  it.each([
    ['?name=shop', ['Shop', 'shop-admin']],
    ['?name=shop&exact=true', []],
    ['?name=Shop&exact=true', ['Shop']],
    ['?domain=admin.example', ['shop-admin']],
    ['?domain=shop.example.com&exact=true', ['Shop']],
    ['?search=blog.example', ['blog']],
    ['?aud=none', []],
  ])('with %s returns %j', { tags: ['access_filter_exact', 'access_filter_case'] }, async (query, expected) => {
    expect(await (await startList()).names(query)).toEqual(expected)
  })
})
