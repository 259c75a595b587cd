import { describe, expect, it } from 'vitest'
import type {
  AccessServiceToken,
  AccessServiceTokenInput,
  AccessServiceTokenWithSecret,
} from '../../../schemas/access-service-token.ts'
import { startAccess } from '../../support/access.ts'

async function start() {
  const started = await startAccess()
  return {
    ...started,
    create: async (body: Partial<AccessServiceTokenInput> = {}) =>
      (await started.post<AccessServiceTokenWithSecret>('/service_tokens', { name: 'ci', ...body })).result,
  }
}

describe('a service token', { tags: ['access_token_values', 'access_token_secret_once'] }, () => {
  it('shows its secret when it is created, and never again', {
    tags: ['access_statuses', 'access_token_duration', 'access_page_size'],
  }, async () => {
    const { post, get } = await start()
    const { status, result } = await post<AccessServiceTokenWithSecret>('/service_tokens', { name: 'ci' })
    const { client_secret, ...token } = result

    expect(status).toBe(201)
    expect(client_secret).toMatch(/^[0-9a-f]{64}$/)
    expect(token).toEqual({
      id: expect.any(String),
      client_id: expect.stringMatching(/^[0-9a-f]{32}\.access$/),
      name: 'ci',
      duration: '8760h',
      enabled: true,
      expires_at: '2027-01-01T00:00:00Z',
      created_at: '2026-01-01T00:00:00Z',
      updated_at: '2026-01-01T00:00:00Z',
    })
    expect((await get(`/service_tokens/${token.id}`)).result).toEqual(token)
    const { result: listed, result_info } = await get('/service_tokens')
    expect(listed).toEqual([token])
    expect(result_info).toMatchObject({ per_page: 1000, total_pages: 1 })
  })

  it('is found by its name or a part of it', { tags: ['access_list_order', 'access_filter_case'] }, async () => {
    const { create, get } = await start()
    for (const name of ['ci', 'CI-nightly', 'deploy']) await create({ name })
    const names = async (query: string) =>
      (await get<AccessServiceToken[]>(`/service_tokens${query}`)).result.map(({ name }) => name)

    expect(await names('?name=ci')).toEqual(['ci'])
    expect(await names('?search=CI')).toEqual(['ci', 'CI-nightly'])
  })

  it('keeps what an update leaves out', { tags: ['access_token_update', 'access_token_duration'] }, async () => {
    const { create, put, control } = await start()
    const { id, client_secret, ...token } = await create()
    await control.moveClock({ advance: '1h' })
    const update = async (body: object) => (await put<AccessServiceToken>(`/service_tokens/${id}`, body)).result

    expect(await update({ name: 'new', enabled: false })).toEqual({
      ...token,
      id,
      name: 'new',
      enabled: false,
      updated_at: '2026-01-01T01:00:00Z',
    })
    expect(await update({ duration: '1h30m' })).toMatchObject({ name: 'new', expires_at: '2026-01-01T02:30:00Z' })
    expect(await update({ duration: 'forever' })).not.toHaveProperty('expires_at')
  })

  it('gets a new secret by a rotation or a greater version of the secret', {
    tags: ['access_token_rotation'],
  }, async () => {
    const { create, post, put, get } = await start()
    const { id, client_id, client_secret } = await create()
    const item = `/service_tokens/${id}`
    const rotated = await post<AccessServiceTokenWithSecret>(`${item}/rotate`)
    const newer = await put<AccessServiceTokenWithSecret>(item, { client_secret_version: 3 })

    expect(rotated).toMatchObject({ status: 200, result: { id, client_id } })
    expect(new Set([client_secret, rotated.result.client_secret, newer.result.client_secret]).size).toBe(3)
    expect((await put(item, { client_secret_version: 3 })).result).not.toHaveProperty('client_secret')
    expect((await get(item)).result).not.toHaveProperty('client_secret')
  })

  it('lives longer after a refresh', { tags: ['access_token_refresh'] }, async () => {
    const { create, post, control } = await start()
    const { id } = await create({ duration: '24h' })
    await control.moveClock({ advance: '1h' })

    expect((await post(`/service_tokens/${id}/refresh`)).result).toMatchObject({ expires_at: '2026-01-02T01:00:00Z' })
  })

  it('can be deleted once no policy names it', { tags: ['access_statuses'] }, async () => {
    const { create, createPolicy, delete: remove, get } = await start()
    const { id } = await create()
    const policy = await createPolicy({ decision: 'non_identity', include: [{ service_token: { token_id: id } }] })

    expect((await remove(`/service_tokens/${id}`)).errors[0]?.code).toBe(12139)
    await remove(`/policies/${policy.id}`)
    expect(await remove(`/service_tokens/${id}`)).toMatchObject({ status: 200, result: { id } })
    expect((await get(`/service_tokens/${id}`)).status).toBe(404)
  })

  it('leaves its secret in no log, event or report', async () => {
    const { create, post, control, emulator } = await start()
    const { id, client_secret } = await create()
    const { result } = await post<AccessServiceTokenWithSecret>(`/service_tokens/${id}/rotate`)
    const requests = await control.listRequests()
    const everything = JSON.stringify([
      requests,
      await control.listEvents(),
      await control.getReport(),
      (await emulator.inject({ method: 'GET', url: '/_mockflared/requests' })).body,
    ])

    expect(requests).toMatchObject([{ answer: { result: { client_secret: '[redacted]' } } }, {}])
    expect(everything).toContain(id)
    expect(everything).not.toContain(client_secret)
    expect(everything).not.toContain(result.client_secret)
  })
})
