import { describe, expect, it } from 'vitest'
import { ACCOUNT, startEmulator } from '../support/emulator.ts'
import { temporaryFile } from '../support/temporary.ts'

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

  it('says how the server was set, so that a page can name the option that changes it', async () => {
    const options = { inject_faults: false, evidence: false, journal_size: 7, max_worlds: 5, world_idle: '1m' }
    const { emulator } = await startEmulator({ ...options, seed: ['demo', {}] })
    const before = Date.now()

    const { started_at, ...info } = await emulator.control.getInfo()
    expect(info).toMatchObject({
      control: 'on',
      console: 'on',
      inject_faults: false,
      evidence: false,
      persistent: false,
      seeds: ['demo', 'a state'],
      limits: { max_worlds: 5, world_idle_ms: 60_000, journal_size: 7, events_kept: 10_000 },
    })
    expect(before - Date.parse(started_at ?? '')).toBeGreaterThanOrEqual(0)
    expect(before - Date.parse(started_at ?? '')).toBeLessThan(60_000)
  })

  it('says that a file keeps the data', async () => {
    const { emulator } = await startEmulator({ db: temporaryFile('data.db') })

    expect(await emulator.control.getInfo()).toMatchObject({ persistent: true })
  })

  it('has no real time while the clock is frozen', async () => {
    const { emulator } = await startEmulator({ clock: '2026-01-01T00:00:00Z' })

    expect(await emulator.control.getInfo()).toMatchObject({ started_at: null })
  })

  it('tells the token only to callers that may use the control plane', async () => {
    const credentials = [{ token: 'good', permissions: [] }]
    const { emulator } = await startEmulator({ auth: 'strict', control_token: 'sesame', seed: { credentials } })
    const response = await emulator.inject({ url: '/_mockflared' })

    expect(response.statusCode).toBe(403)
    expect(response.body).not.toContain('good')
  })
})
