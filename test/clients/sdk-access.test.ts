/** Cloudflare's SDK for TypeScript and Access, against an emulator on a real port. */
import Cloudflare from 'cloudflare'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createEmulator } from '../../src/emulator/emulator.ts'
import { ACCOUNT, UNKNOWN_ID } from '../support/emulator.ts'

const account_id = ACCOUNT

async function startSdk() {
  const emulator = await createEmulator({ port: 0 })
  onTestFinished(() => emulator.close())
  const apiToken = 'Sn3lZJTBX6kkg7OdcBUAxOO963GEIyGQqnFTOFYY'
  return new Cloudflare({ apiToken, baseURL: emulator.baseURL, maxRetries: 0 }).zeroTrust.access
}

async function idsOf(list: AsyncIterable<{ id?: string; name?: string }>) {
  const ids: (string | undefined)[] = []
  for await (const { id, name } of list) ids.push(id ?? name)
  return ids
}

describe('the SDK for TypeScript', () => {
  it('protects a hostname by a policy with a service token, and takes all of it down', async () => {
    const { applications, policies, tags, serviceTokens } = await startSdk()

    const token = await serviceTokens.create({ account_id, name: 'ci' })
    expect(token.client_secret).toMatch(/^[0-9a-f]{64}$/)
    await tags.create({ account_id, name: 'staff' })
    const policy = await policies.create({
      account_id,
      name: 'ci only',
      decision: 'non_identity',
      include: [{ service_token: { token_id: token.id ?? '' } }],
    })
    const app = await applications.create({
      account_id,
      type: 'self_hosted',
      name: 'blog',
      domain: 'blog.example.com',
      tags: ['staff'],
      policies: [{ id: policy.id ?? '', precedence: 1 }],
    })
    const id = app.id ?? ''
    expect(app).toMatchObject({ aud: expect.any(String), policies: [{ name: 'ci only' }] })

    expect(await applications.get(id, { account_id })).toEqual(app)
    expect(await idsOf(applications.list({ account_id, domain: 'blog.example.com' }))).toEqual([id])
    expect(await idsOf(policies.list({ account_id, per_page: 1 }))).toEqual([policy.id])
    expect(await idsOf(serviceTokens.list({ account_id }))).toEqual([token.id])
    expect(await idsOf(tags.list({ account_id }))).toEqual(['staff'])

    const update = { account_id, type: 'self_hosted', name: 'new', domain: 'blog.example.com' } as const
    expect(await applications.update(id, update)).toMatchObject({ id, name: 'new' })
    expect(await serviceTokens.rotate(token.id ?? '', { account_id })).not.toMatchObject({ ...token })
    expect(await serviceTokens.refresh(token.id ?? '', { account_id })).toMatchObject({ id: token.id })
    await expect(policies.delete(policy.id ?? '', { account_id })).rejects.toBeInstanceOf(Cloudflare.ConflictError)

    expect(await applications.delete(id, { account_id })).toEqual({ id })
    expect(await policies.delete(policy.id ?? '', { account_id })).toEqual({ id: policy.id })
    expect(await serviceTokens.delete(token.id ?? '', { account_id })).toMatchObject({ id: token.id })
    expect(await tags.delete('staff', { account_id })).toEqual({ name: 'staff' })
    await expect(applications.get(UNKNOWN_ID, { account_id })).rejects.toBeInstanceOf(Cloudflare.NotFoundError)
  })
})
