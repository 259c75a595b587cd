import { describe, expect, it } from 'vitest'
import { ACCOUNT, startEmulator } from '../support/emulator.ts'

const OTHER = '1'.repeat(32)

describe('getInfo', () => {
  it('names an account, a token and a zone without seeds', async () => {
    const { emulator } = await startEmulator()

    expect(await emulator.control.getInfo()).toMatchObject({
      account_id: ACCOUNT,
      token: 'any-token',
      zone: { id: '023e105f4ecef8ad9ca31a8372d0c353', name: 'example.com' },
    })
  })

  it('names a token that a strict world accepts for the account', async () => {
    const credentials = [{ token: 'good', accounts: [OTHER], permissions: [] }]
    const { emulator } = await startEmulator({ auth: 'strict', seed: { credentials } })

    expect(await emulator.control.getInfo()).toMatchObject({ account_id: OTHER, token: 'good', zone: null })
  })

  it('names no token in a strict world that accepts none', async () => {
    const { emulator } = await startEmulator({ auth: 'strict' })

    expect(await emulator.control.getInfo()).toMatchObject({ token: null })
  })

  it('tells the token only to callers that may use the control plane', async () => {
    const credentials = [{ token: 'good', permissions: [] }]
    const { emulator } = await startEmulator({ auth: 'strict', control_token: 'sesame', seed: { credentials } })
    const response = await emulator.inject({ url: '/_mockflared' })

    expect(response.statusCode).toBe(403)
    expect(response.body).not.toContain('good')
  })
})
