/** Requests for operations that Cloudflare has and the emulator has not. */
import { describe, expect, it } from 'vitest'
import { startWithBrokenStore } from '../support/broken-store.ts'
import { ACCOUNT, startEmulator, UNKNOWN_ID } from '../support/emulator.ts'

const ZONE = '023e105f4ecef8ad9ca31a8372d0c353'
const HEADER = 'mockflared-not-emulated'
const SETTING = 'PATCH /zones/{zone_id}/settings/{setting_id}'

describe('a request for an operation of Cloudflare that is not emulated', () => {
  it('gets the error of an unknown path, with a header that names the operation', async () => {
    const { at } = await startEmulator()
    const { status, errors, headers } = await at('/zones').patch(`/${ZONE}/settings/ssl`, { value: 'full' })

    expect({ status, code: errors[0]?.code }).toEqual({ status: 404, code: 7003 })
    expect(headers[HEADER]).toBe(SETTING)
  })

  it('on a path of an emulated operation gets 405 with the header', async () => {
    const { at } = await startEmulator()
    const { status, headers } = await at('/accounts').delete(`/${ACCOUNT}`)

    expect(status).toBe(405)
    expect(headers[HEADER]).toBe('DELETE /accounts/{account_id}')
  })

  it('prefers a name in the path to a parameter', async () => {
    const { at } = await startEmulator()
    const nameOf = async (path: string) => (await at(`/accounts/${ACCOUNT}/images/v1`).get(path)).headers[HEADER]

    expect(await nameOf('/stats')).toBe('GET /accounts/{account_id}/images/v1/stats')
    expect(await nameOf(`/${UNKNOWN_ID}`)).toBe('GET /accounts/{account_id}/images/v1/{image_id}')
  })

  it('gets no header with --evidence false', async () => {
    const { at } = await startEmulator({ evidence: false })

    expect((await at('/zones').patch(`/${ZONE}/settings/ssl`)).headers).not.toHaveProperty(HEADER)
  })

  it('is named in its entry of the request log', async () => {
    const { at, emulator } = await startEmulator()
    await at('/zones').patch(`/${ZONE}/settings/ssl`)

    expect(await emulator.control.listRequests()).toMatchObject([{ operation: null, not_emulated: SETTING }])
  })

  it('is in the evidence report of all worlds until that is cleared', async () => {
    const { at, emulator } = await startEmulator()
    const { id } = await emulator.control.createWorld()
    const first = `PATCH /zones/${ZONE}/settings/ssl`
    await at('/zones').patch(`/${ZONE}/settings/ssl`)
    await emulator.inject({
      method: 'PATCH',
      url: `/w/${id}/client/v4/zones/${ZONE}/settings/tls`,
      headers: { authorization: 'Bearer token' },
    })
    const { not_emulated, summary, message } = await emulator.control.getReport()

    expect(not_emulated).toEqual([{ operation: SETTING, answers: 2, first }])
    expect(summary).toBe(`no assumed behaviour used; not emulated: ${SETTING}`)
    expect(message).toMatch(
      `\noperations requested that are not emulated (docs/limits.md):\n  ${SETTING}: 2 responses, the first to ${first}`,
    )
    await emulator.control.clearReport()
    expect(await emulator.control.getReport()).toMatchObject({ not_emulated: [] })
  })

  it('is logged once, with the page that lists what is emulated', async () => {
    const { inject, lines } = startWithBrokenStore(() => {}, true, 'info')
    const request = { url: `/zones/${ZONE}/dnssec`, headers: { authorization: 'Bearer token' } }
    await inject(request)
    await inject(request)

    const found = lines.filter(line => line.includes('GET /zones/{zone_id}/dnssec is not emulated: see docs/limits.md'))
    expect(found).toHaveLength(1)
  })
})

describe('no header is on', () => {
  it.each([
    ['a path that Cloudflare does not have', 'GET', '/nothing'],
    ['a path that lacks an id', 'GET', '/zones//dnssec'],
    ['a name that every object has', 'GET', '/zones/constructor/__proto__'],
    ['a method that Cloudflare does not have there', 'PUT', `/zones/${ZONE}/dnssec`],
    ['an emulated operation', 'GET', `/accounts/${ACCOUNT}/cfd_tunnel/${UNKNOWN_ID}`],
  ] as const)('%s', async (_what, method, path) => {
    const { send } = await startEmulator()
    const { headers } = await send({ method, url: `/client/v4${path}`, headers: { authorization: 'Bearer token' } })

    expect(headers).not.toHaveProperty(HEADER)
  })
})
