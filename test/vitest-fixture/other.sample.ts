import { describe, expect } from 'vitest'
import { test } from '../../src/vitest.ts'

describe('other file', () => {
  test('uses the server of the run', async ({ env, control, cloudflare, mockflared }) => {
    const [tunnel] = (await control.getState()).tunnels ?? []
    const { account_tag: account_id = '', id = '' } = tunnel ?? {}

    expect(env.CLOUDFLARE_BASE_URL).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/w\/\w+\/client\/v4$/)
    expect(await cloudflare.zeroTrust.tunnels.cloudflared.get(id, { account_id })).toMatchObject({ id })
    expect(mockflared.fetch).toBe(fetch)
  })
})
