import { describe, expect, it } from 'vitest'
import type { Permission } from '../../../schemas/permission.ts'
import { ACCOUNT, SECRET, startEmulator } from '../../support/emulator.ts'

const ID = 'f70ff985-a4ef-4643-bbbc-4a0ed4fc8415'
const BEARER = { authorization: 'Bearer token' }

async function startStrict(permission: Permission) {
  const tunnels = [{ id: ID, account_tag: ACCOUNT, name: 'blog' }]
  const credentials = [{ token: 'token', permissions: [permission] }]
  const { old } = await startEmulator({ auth: 'strict', seed: [{ tunnels, credentials }] })
  const statuses = async (headers: Record<string, string>) => {
    const reads = [await old.get('', undefined, headers), await old.get(`/${ID}`, undefined, headers)]
    const writes = [
      await old.post('', { name: 'shop', tunnel_secret: SECRET }, headers),
      await old.delete(`/${ID}/connections`, undefined, headers),
      await old.delete(`/${ID}`, undefined, headers),
    ]
    return { reads: reads.map(({ status }) => status), writes: writes.map(({ status }) => status) }
  }
  return { statuses }
}

describe('the legacy paths', { tags: ['permissions', 'credentials_missing'] }, () => {
  it.each<[Permission, { reads: number[]; writes: number[] }]>([
    ['Cloudflare Tunnel Read', { reads: [200, 200], writes: [403, 403, 403] }],
    ['Cloudflare Tunnel Write', { reads: [200, 200], writes: [200, 200, 200] }],
  ])('with %s answer as the current paths do', async (permission, expected) => {
    const { statuses } = await startStrict(permission)

    expect(await statuses(BEARER)).toEqual(expected)
  })

  it('without credentials answer 400', async () => {
    const { statuses } = await startStrict('Cloudflare Tunnel Write')

    expect(await statuses({})).toEqual({ reads: [400, 400], writes: [400, 400, 400] })
  })
})
