/** Cloudflare's SDK for TypeScript on DNS records, against an emulator on a real port. */
import Cloudflare from 'cloudflare'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createEmulator, type EmulatorOptions } from '../../src/emulator/emulator.ts'

async function startSdk(options: EmulatorOptions = {}) {
  const emulator = await createEmulator({ port: 0, ...options })
  onTestFinished(() => emulator.close())
  const client = new Cloudflare({ apiToken: 'a'.repeat(40), baseURL: emulator.baseURL, maxRetries: 0 })
  const [zone] = (await client.zones.list({ name: 'example.com' })).result
  return { client, records: client.dns.records, zone_id: zone?.id ?? '' }
}

async function collected<T>(pages: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = []
  for await (const item of pages) found.push(item)
  return found
}

describe('the SDK for TypeScript', () => {
  it('creates, gets, edits, updates, lists and deletes a record', async () => {
    const { records, zone_id } = await startSdk()
    const created = await records.create({
      ...{ zone_id, type: 'CNAME', name: 'app', content: 'x.cfargotunnel.com', proxied: true, ttl: 1 },
    })
    expect(created).toMatchObject({ name: 'app.example.com', proxied: true, ttl: 1 })
    expect(await records.get(created.id, { zone_id })).toEqual(created)

    const edited = await records.edit(created.id, { zone_id, type: 'CNAME', name: 'app', ttl: 1, comment: 'mine' })
    expect(edited).toMatchObject({ content: 'x.cfargotunnel.com', comment: 'mine' })
    const updated = await records.update(created.id, { zone_id, type: 'A', name: 'b', content: '203.0.113.1', ttl: 60 })
    expect(updated).toMatchObject({ id: created.id, name: 'b.example.com', ttl: 60, comment: null })

    expect(await collected(records.list({ zone_id, name: { exact: 'B.example.com' }, type: 'A' }))).toEqual([updated])
    expect(await collected(records.list({ zone_id, comment: { present: '' } }))).toEqual([])
    expect(await records.delete(created.id, { zone_id })).toEqual({ id: created.id })
    await expect(records.get(created.id, { zone_id })).rejects.toBeInstanceOf(Cloudflare.NotFoundError)
  })

  it('pages through 120 records', async () => {
    const { records, zone_id } = await startSdk()
    const posts = Array.from({ length: 120 }, (_, index) => ({
      ...{ type: 'TXT' as const, name: `n${index}`, content: 'x', ttl: 1 },
    }))
    await records.batch({ zone_id, posts })

    expect(await collected(records.list({ zone_id, per_page: 50 }))).toHaveLength(120)
  })

  it('changes several records at once, or none', async () => {
    const { records, zone_id } = await startSdk()
    const { id } = await records.create({ zone_id, type: 'A', name: 'a', content: '203.0.113.1', ttl: 1 })
    const post = { type: 'CNAME' as const, name: 'a', content: 'x.cfargotunnel.com', ttl: 1 as const, proxied: true }
    const bad = { type: 'A' as const, name: 'b', content: 'no address', ttl: 1 as const }

    await expect(records.batch({ zone_id, deletes: [{ id }], posts: [post, bad] })).rejects.toBeInstanceOf(
      Cloudflare.BadRequestError,
    )
    expect(await collected(records.list({ zone_id }))).toMatchObject([{ id }])
    expect(await records.batch({ zone_id, deletes: [{ id }], posts: [post] })).toMatchObject({
      deletes: [{ id }],
      posts: [{ name: 'a.example.com' }],
    })
  })
})
