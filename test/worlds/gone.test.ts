import Cloudflare from 'cloudflare'
import { describe, expect, it } from 'vitest'
import { createControlClient } from '../../src/client.ts'
import { createGoneWorlds } from '../../src/worlds/gone-worlds.ts'
import { ACCOUNT, UNKNOWN_ID } from '../support/emulator.ts'
import { startFrozen } from '../support/frozen-emulator.ts'

const NEVER_HERE = 'there is no world nonsense: it was never made here, or was lost with its replica'

async function startWithDeleted() {
  const { emulator, control } = await startFrozen()
  await control.createWorldAs({ id: 'job-1' })
  await control.deleteWorld({ id: 'job-1' })
  return { emulator, control }
}

describe('a world that is not there', () => {
  it.each([
    `client/v4/accounts/${ACCOUNT}/cfd_tunnel`,
    `accounts/${ACCOUNT}/cfd_tunnel`,
    `client/v4/accounts/${ACCOUNT}/cfd_tunnel/${UNKNOWN_ID}`,
    'client/v4/zones',
    'client/v4/nonsense',
    '_mockflared/',
    '_mockflared/clock',
    '_mockflared/events',
    '_mockflared/nonsense',
    'healthz',
    'openapi.json',
    'nonsense',
    '',
  ])('answers 410 in the format of the control plane, at /%s', async path => {
    const { emulator } = await startWithDeleted()

    for (const [world, message] of [
      ['job-1', 'there is no world job-1: it was deleted'],
      ['nonsense', NEVER_HERE],
    ]) {
      const response = await emulator.inject({ url: `/w/${world}/${path}`, headers: { authorization: 'Bearer token' } })
      expect([response.statusCode, response.json()]).toEqual([410, { error: { code: 'gone', message } }])
      expect(response.headers['cf-ray']).toBeUndefined()
      expect(response.headers['cache-control']).toBe('no-store')
    }
  })

  it.each(['POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'] as const)('answers 410 to %s', async method => {
    const { emulator } = await startWithDeleted()
    const response = await emulator.inject({ method, url: `/w/job-1/client/v4/accounts/${ACCOUNT}/cfd_tunnel` })

    expect(response.statusCode).toBe(410)
  })

  it('answers 410 whatever credential or body the request has', async () => {
    const { emulator } = await startWithDeleted()
    const url = `/w/job-1/client/v4/accounts/${ACCOUNT}/cfd_tunnel`
    const statusOf = async (request: object) => (await emulator.inject({ method: 'POST', url, ...request })).statusCode

    expect(await statusOf({})).toBe(410)
    expect(await statusOf({ headers: { authorization: 'Bearer undefined' } })).toBe(410)
    expect(await statusOf({ payload: '{"name":' })).toBe(410)
  })

  it('leaves the main world unchanged after a write', async () => {
    const { emulator, control } = await startFrozen()
    const payload = { name: 'blog' }
    await emulator.inject({ method: 'POST', url: `/w/nonsense/client/v4/accounts/${ACCOUNT}/cfd_tunnel`, payload })

    expect((await control.getState()).tunnels).toEqual([])
    expect(await control.listRequests()).toEqual([])
  })

  it('cannot be deleted', async () => {
    const { control } = await startWithDeleted()

    await expect(control.deleteWorld({ id: 'nonsense' })).rejects.toMatchObject({ code: 'gone', message: NEVER_HERE })
    await expect(control.deleteWorld({ id: 'job-1' })).rejects.toMatchObject({
      message: 'there is no world job-1: it was deleted',
    })
  })

  it('is gone for a client of the control plane and for the library', async () => {
    const { emulator } = await startWithDeleted()
    const { url, fetch } = emulator
    const refusal = { name: 'ControlError', code: 'gone', status: 410, message: NEVER_HERE }

    await expect(createControlClient({ url, fetch, world: 'nonsense' }).getClock()).rejects.toMatchObject(refusal)
    await expect(emulator.controlOf('nonsense').getClock()).rejects.toMatchObject(refusal)
  })

  it('can be created again', async () => {
    const { emulator, control } = await startWithDeleted()
    await control.createWorldAs({ id: 'job-1' })

    expect((await emulator.inject({ url: '/w/job-1/healthz' })).statusCode).toBe(200)
  })
})

describe('the official SDK in a world that is gone', () => {
  const callIn = async (world: string) => {
    const { emulator } = await startWithDeleted()
    let requests = 0
    const client = new Cloudflare({
      apiToken: 'token',
      baseURL: `${emulator.url}/w/${world}/client/v4`,
      fetch: (url, init) => {
        requests += 1
        return emulator.fetch(url, init)
      },
    })
    const call = client.zeroTrust.tunnels.cloudflared.get(UNKNOWN_ID, { account_id: ACCOUNT })
    const error: unknown = await call.then(String, reason => reason)
    return { error, requests: () => requests }
  }

  it('throws an error that is not NotFoundError, names the world, and comes without a retry', async () => {
    const { error, requests } = await callIn('job-1')

    expect(error).toBeInstanceOf(Cloudflare.APIError)
    expect(error).not.toBeInstanceOf(Cloudflare.NotFoundError)
    expect(error).toMatchObject({ status: 410, message: expect.stringContaining('there is no world job-1') })
    expect(requests()).toBe(1)
  })
})

describe('createGoneWorlds', () => {
  it('remembers the latest 10,000 removals', () => {
    const gone = createGoneWorlds(60_000)
    for (let index = 0; index <= 10_000; index += 1) gone.add(`job-${index}`, index % 2 === 0 ? 'deleted' : 'idle')

    expect(gone.explain('job-0')).toContain('was never made here')
    expect(gone.explain('job-1')).toContain('was dropped after 1m without a request')
    expect(gone.explain('job-10000')).toContain('was deleted')
  })

  it('has the latest removal of a world that was created again', () => {
    const gone = createGoneWorlds(90_000)
    gone.add('job-1', 'deleted')
    gone.add('job-1', 'idle')

    expect(gone.explain('job-1')).toBe('there is no world job-1: it was dropped after 1m30s without a request')
  })
})
