import { describe, expect, it } from 'vitest'
import type { AccessApplication } from '../../../schemas/access-application.ts'
import { startAccess } from '../../support/access.ts'

describe('a tag of Access', { tags: ['access_tag_values', 'access_statuses'] }, () => {
  it('is created, listed, renamed and deleted', { tags: ['access_page_size', 'access_list_order'] }, async () => {
    const { post, get, put, delete: remove } = await startAccess()
    const tag = { name: 'a b', app_count: 0, created_at: '2026-01-01T00:00:00Z', updated_at: '2026-01-01T00:00:00Z' }

    expect(await post('/tags', { name: 'a b' })).toMatchObject({ status: 201, result: tag })
    await post('/tags', { name: 'A' })
    const { result, result_info } = await get('/tags')
    expect(result).toEqual([tag, { ...tag, name: 'A' }])
    expect(result_info).toMatchObject({ per_page: 50, total_pages: 1 })
    expect((await get('/tags/a%20b')).result).toEqual(tag)
    expect((await put('/tags/a%20b', { name: 'c' })).result).toEqual({ ...tag, name: 'c' })
    expect((await put('/tags/c', { name: 'c' })).status).toBe(200)
    expect(await remove('/tags/c')).toMatchObject({ status: 202, result: { name: 'c' } })
    expect((await get('/tags/c')).status).toBe(404)
  })

  it('follows its applications', { tags: ['access_tag_follows'] }, async () => {
    const { post, get, put, delete: remove, createApp } = await startAccess()
    await post('/tags', { name: 'a' })
    const { id } = await createApp({ tags: ['a'] })
    const tagsOfApp = async () => (await get<AccessApplication>(`/apps/${id}`)).result.tags

    expect((await get('/tags/a')).result).toMatchObject({ app_count: 1 })
    const renamed = await put('/tags/a', { name: 'b' })
    expect(renamed.result).toMatchObject({ name: 'b', app_count: 1 })
    expect(renamed.headers['mockflared-evidence']).toBe('assumed; access_tag_follows')
    expect(await tagsOfApp()).toEqual(['b'])
    await remove('/tags/b')
    expect(await tagsOfApp()).toEqual([])
  })
})
