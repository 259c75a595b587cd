import { describe, expect, it } from 'vitest'
import type { AccessApplication } from '../../../schemas/access-application.ts'
import type { AccessPolicy } from '../../../schemas/access-policy.ts'
import { APP, INCLUDE, POLICY, startAccess } from '../../support/access.ts'

describe('a reusable policy', { tags: ['access_policy_values', 'access_statuses'] }, () => {
  it('is created with the defaults of a recorded one', { tags: ['access_times'] }, async () => {
    const { post } = await startAccess()
    const { status, result } = await post<AccessPolicy>('/policies', { ...POLICY, approval_required: true })

    expect(status).toBe(201)
    expect(result).toEqual({
      id: expect.any(String),
      uid: result.id,
      reusable: true,
      app_count: 0,
      name: 'allow me',
      decision: 'allow',
      include: INCLUDE,
      exclude: [],
      require: [],
      session_duration: '24h',
      approval_required: true,
      created_at: '2026-01-01T00:00:00Z',
      updated_at: '2026-01-01T00:00:00Z',
    })
  })

  it('is replaced by an update', { tags: ['access_put_replaces', 'access_optional_fields'] }, async () => {
    const { createPolicy, put, get, control } = await startAccess()
    const { id } = await createPolicy({ exclude: INCLUDE, approval_required: true, session_duration: '1h30m' })
    await control.moveClock({ advance: '1s' })
    const { result } = await put<AccessPolicy>(`/policies/${id}`, { ...POLICY, decision: 'deny' })

    expect(result).toMatchObject({ id, decision: 'deny', exclude: [], session_duration: '24h' })
    expect(result).not.toHaveProperty('approval_required')
    expect(result.updated_at).toBe('2026-01-01T00:00:01Z')
    expect((await get(`/policies/${id}`)).result).toEqual(result)
  })

  it('is listed oldest first, 100 on a page', { tags: ['access_list_order', 'access_page_size'] }, async () => {
    const { createPolicy, get } = await startAccess()
    const first = await createPolicy()
    const second = await createPolicy()
    const { result, result_info } = await get('/policies')

    expect(result).toEqual([first, second])
    expect(result_info).toMatchObject({ per_page: 100, total_pages: 1, total_count: 2 })
  })

  it('counts its applications, and can be deleted once none uses it', { tags: ['access_app_count'] }, async () => {
    const { createPolicy, createApp, get, delete: remove } = await startAccess()
    const { id } = await createPolicy()
    const app = await createApp({ policies: [id] })

    expect((await get<AccessPolicy>(`/policies/${id}`)).result.app_count).toBe(1)
    expect((await remove(`/policies/${id}`)).status).toBe(409)
    await remove(`/apps/${app.id}`)
    expect((await get<AccessPolicy[]>('/policies')).result).toMatchObject([{ id, app_count: 0 }])
    expect(await remove(`/policies/${id}`)).toMatchObject({ status: 202, result: { id } })
    expect((await get(`/policies/${id}`)).status).toBe(404)
  })
})

describe('the policies of an application', { tags: ['access_policy_forms', 'access_app_policies'] }, () => {
  it('can be ids in order, or links with a precedence', async () => {
    const { createPolicy, createApp } = await startAccess()
    const first = await createPolicy({ name: 'first' })
    const second = await createPolicy({ name: 'second' })
    const { app_count, ...shown } = first

    const inOrder = await createApp({ policies: [first.id, second.id] })
    expect(inOrder.policies.map(({ name, precedence }) => [name, precedence])).toEqual([
      ['first', 1],
      ['second', 2],
    ])
    expect(inOrder.policies[0]).toEqual({ ...shown, precedence: 1 })
    const linked = await createApp({
      domain: 'b.example.com',
      policies: [
        { id: first.id, precedence: 7 },
        { id: second.id, precedence: 3 },
      ],
    })
    expect(linked.policies.map(({ name }) => name)).toEqual(['second', 'first'])
  })

  it('can be policies of its own, which are no reusable ones', {
    tags: ['access_own_policies', 'access_own_policy_hidden'],
  }, async () => {
    const { createApp, get, put } = await startAccess()
    const { policies } = await createApp({ policies: [{ ...POLICY, precedence: 2 }] })

    expect(policies).toMatchObject([{ name: 'allow me', reusable: false, precedence: 2, session_duration: '24h' }])
    expect((await get('/policies')).result).toEqual([])
    expect((await put(`/policies/${policies[0]?.id}`, POLICY)).errors[0]?.code).toBe(12135)
  })

  it('stay in an update without policies, and end in one with an empty list', {
    tags: ['access_put_keeps_policies', 'access_own_policies'],
  }, async () => {
    const { createApp, put } = await startAccess()
    const { id, policies } = await createApp({ policies: [POLICY] })
    const update = (body: object) => put<AccessApplication>(`/apps/${id}`, { ...APP, ...body })

    const kept = await update({ name: 'kept' })
    expect(kept.result.policies).toEqual(policies)
    expect(kept.headers['mockflared-evidence']).toBe('inferred; access_put_keeps_policies')
    const renamed = await update({ policies: [{ ...policies[0], name: 'renamed' }] })
    expect(renamed.result.policies).toMatchObject([{ id: policies[0]?.id, name: 'renamed' }])
    expect((await update({ policies: [] })).result.policies).toEqual([])
    expect((await update({ policies: [policies[0]?.id] })).errors[0]?.message).toMatch('does not exist')
  })

  it('cannot change a reusable policy', async () => {
    const { createPolicy, createApp } = await startAccess()
    const policy = await createPolicy()

    expect((await createApp({ policies: [{ ...policy, name: 'other' }] })).policies).toMatchObject([
      { name: 'allow me' },
    ])
  })
})
