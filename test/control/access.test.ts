import type { InjectOptions } from 'fastify'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createEmulator, type EmulatorOptions } from '../../src/emulator/emulator.ts'
import { ACCOUNT, UNKNOWN_ID } from '../support/emulator.ts'
import { startFrozen } from '../support/frozen-emulator.ts'

/** Asks for the clock, from this machine as localhost unless told otherwise. */
async function ask(options: EmulatorOptions = {}, request: InjectOptions = {}) {
  const { emulator } = await startFrozen(options)
  const response = await emulator.inject({ method: 'GET', url: '/_mockflared/clock', ...request })
  return { status: response.statusCode, body: response.json(), headers: response.headers }
}

function refusal(message: string) {
  return {
    status: 403,
    body: { error: { code: 'forbidden', message: expect.stringContaining(message) } },
  }
}

const [ELSEWHERE, TOKEN] = ['192.0.2.1', 'sesame']
function bearer(token: string) {
  return { authorization: `Bearer ${token}` }
}

describe('a web page', () => {
  it.each([
    'http://evil.example',
    'https://localhost',
    'http://localhost:8080',
    'http://localhost.evil.example',
    'null',
  ])('of %s cannot drive the control plane at localhost', async origin => {
    expect(await ask({}, { headers: { origin, host: 'localhost' } })).toMatchObject(refusal(origin))
  })

  it.each(['localhost:8844', '127.0.0.1:8844', '[::1]:8844'])('of %s itself can', async host => {
    expect(await ask({}, { headers: { origin: `http://${host}`, host } })).toMatchObject({ status: 200 })
  })

  it.each<[string, EmulatorOptions]>([
    ['open', { control: 'open' }],
    ['with a token', { control_token: TOKEN }],
  ])('cannot either when the control plane is %s', async (_how, options) => {
    const headers = { origin: 'http://evil.example', host: 'localhost', ...bearer(TOKEN) }

    expect(await ask(options, { headers })).toMatchObject(refusal('http://evil.example'))
  })

  it.each([
    'evil.example',
    'evil.example:8844',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    '1.2.3.4.5',
    'localhost.',
    'a@localhost',
    'localhost:1:2',
    '[::1].evil.example',
  ])('cannot with the name %s that it made point to this machine', async host => {
    expect(await ask({}, { headers: { host } })).toMatchObject(refusal(host))
    expect(await ask({}, { headers: { host, origin: `http://${host}` } })).toMatchObject(refusal(host))
  })

  it.each(['localhost', 'localhost:8844', '127.0.0.1', '127.0.0.1:8844', '192.168.1.7:8844', '[::1]', '[::1]:8844'])(
    'is not who asks as %s',
    async host => {
      expect(await ask({}, { headers: { host } })).toMatchObject({ status: 200 })
    },
  )
})

describe('the page of a server that is reached through a proxy', () => {
  const options: EmulatorOptions = { public_url: 'https://ci.example.com/double', control_token: TOKEN }
  const from = (origin: string, more = {}) => ({
    headers: { origin, host: 'mockflared:8844', ...bearer(TOKEN), ...more },
  })

  it('can drive the control plane from its public address', async () => {
    expect(await ask(options, from('https://ci.example.com'))).toMatchObject({ status: 200 })
  })

  it.each([
    'http://ci.example.com',
    'https://ci.example.com.evil.example',
    'https://ci.example.com:8443',
    'https://ci.example.com/double',
    'https://me@ci.example.com',
    'https://mockflared:8844',
  ])('cannot from %s', async origin => {
    expect(await ask(options, from(origin))).toMatchObject(refusal(origin))
  })

  it('is not told by what a proxy says, since anybody can say it', async () => {
    const headers = { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'evil.example' }

    expect(await ask(options, from('https://mockflared:8844', headers))).toMatchObject({ status: 403 })
    expect(await ask(options, from('https://evil.example', headers))).toMatchObject({ status: 403 })
  })

  it('does not make its name one of this machine', async () => {
    const headers = { host: 'ci.example.com', origin: 'https://ci.example.com' }

    expect(await ask({ public_url: 'https://ci.example.com' }, { headers })).toMatchObject(refusal('ci.example.com'))
  })
})

describe('what a browser fetches for another page', () => {
  const ofSite = (site: string, dest: string) => ({
    headers: { host: 'localhost', 'sec-fetch-site': site, 'sec-fetch-dest': dest },
  })

  it.each([
    ['cross-site', 'image'],
    ['cross-site', 'script'],
    ['cross-site', 'iframe'],
    ['same-site', 'empty'],
  ])('is refused: %s, %s', async (site, dest) => {
    expect(await ask({}, ofSite(site, dest))).toMatchObject(refusal('other origins'))
  })

  it.each([
    ['same-origin', 'empty'],
    ['none', 'document'],
    ['cross-site', 'document'],
  ])('is not what is %s, %s', async (site, dest) => {
    expect(await ask({}, ofSite(site, dest))).toMatchObject({ status: 200 })
  })
})

describe('a foreign page', () => {
  const headers = { origin: 'http://evil.example', host: 'localhost:8844', 'content-type': 'text/plain' }

  it.each<[string, InjectOptions]>([
    ['a form can send', { method: 'POST', url: '/_mockflared/reset', payload: '{"to":"empty"}' }],
    ['is asked beforehand', { method: 'OPTIONS', url: '/_mockflared/reset' }],
    ['has no body', { method: 'HEAD', url: '/_mockflared/state' }],
    ['is a stream', { url: '/_mockflared/events', headers: { accept: 'text/event-stream' } }],
    ['describes the verbs', { url: '/_mockflared/openapi.json' }],
    ['shows them', { url: '/_mockflared/docs' }],
    ['does not exist', { url: '/_mockflared/nonsense' }],
    ['is written in escapes', { url: '/%5fmockflared/clock' }],
    ['is of a world', { url: '/w/main/_mockflared/clock' }],
    ['is a whole URL', { url: 'http://localhost:8844/_mockflared/clock' }],
  ])('gets nothing of what %s', async (_what, request) => {
    const { emulator } = await startFrozen()
    const response = await emulator.inject({ ...request, headers: { ...headers, ...request.headers } })

    expect([403, 404]).toContain(response.statusCode)
    expect(response.headers['access-control-allow-origin']).toBeUndefined()
    expect(response.body).not.toContain('"now"')
  })
})

describe('another machine', () => {
  it.each(['192.0.2.1', '10.0.0.1', '2001:db8::1', '::ffff:192.0.2.1', '0.0.0.0'])(
    'at %s needs more than nothing',
    async remoteAddress => {
      expect(await ask({}, { remoteAddress })).toMatchObject(refusal('--control-token'))
    },
  )

  it.each(['127.0.0.1', '127.0.0.53', '::1', '::ffff:127.0.0.1'])('is not what calls from %s', async remoteAddress => {
    expect(await ask({}, { remoteAddress })).toMatchObject({ status: 200 })
  })

  it('is not let in by a header that says where it is', async () => {
    const headers = { 'x-forwarded-for': '127.0.0.1', forwarded: 'for=127.0.0.1' }

    expect(await ask({}, { remoteAddress: ELSEWHERE, headers })).toMatchObject({ status: 403 })
  })

  it('is let in when the control plane is open, under any name', async () => {
    const request = { remoteAddress: ELSEWHERE, headers: { host: 'mockflared.test:8844' } }

    expect(await ask({ control: 'open' }, request)).toMatchObject({ status: 200 })
  })
})

describe('a token', () => {
  const options = { control_token: TOKEN }

  it.each([
    ['none', {}],
    ['another', bearer('open')],
    ['one of the same length', bearer('sesamo')],
    ['a longer one', bearer('sesame2')],
    ['an empty one', bearer('')],
    ['the right one without Bearer', { authorization: TOKEN }],
  ])('is needed on this machine, too: %s will not do', async (_what, headers) => {
    const answer = await ask(options, { headers })

    expect(answer).toMatchObject(refusal('--control-token'))
    expect(JSON.stringify(answer)).not.toContain(TOKEN)
  })

  it.each(['127.0.0.1', ELSEWHERE])('lets callers from %s in, under any name', async remoteAddress => {
    const headers = { host: 'mockflared.test', ...bearer(TOKEN) }

    expect(await ask(options, { remoteAddress, headers })).toMatchObject({ status: 200 })
  })

  it('is needed when the control plane is open, too', async () => {
    expect(await ask({ ...options, control: 'open' })).toMatchObject({ status: 403 })
  })

  it('is not needed by the library, nor by the emulated plane', async () => {
    const { control, api } = await startFrozen(options)

    await expect(control.getClock()).resolves.toBeDefined()
    expect((await api('GET', '')).status).toBe(200)
  })
})

describe('whatever the guard says', () => {
  it('nothing is done for who is not let in', async () => {
    const { emulator, control, create } = await startFrozen()
    await create('blog')
    const headers = { host: 'evil.example' }
    await emulator.inject({ method: 'POST', url: '/_mockflared/reset', headers, payload: { to: 'empty' } })

    expect((await control.getState()).tunnels).toHaveLength(1)
  })

  it('the emulated plane answers everybody', async () => {
    const { emulator } = await startFrozen()
    const response = await emulator.inject({
      url: `/client/v4/accounts/${ACCOUNT}/cfd_tunnel`,
      remoteAddress: ELSEWHERE,
      headers: { ...bearer('token'), host: 'api.cloudflare.com', origin: 'http://evil.example' },
    })

    expect(response.statusCode).toBe(200)
  })

  it('the control plane of another world is guarded just the same', async () => {
    const { emulator, control } = await startFrozen()
    const { id } = await control.createWorld()
    const url = `/w/${id}/_mockflared/clock`

    expect((await emulator.inject({ url })).statusCode).toBe(200)
    expect((await emulator.inject({ url, remoteAddress: ELSEWHERE })).statusCode).toBe(403)
  })
})

describe('turned off', () => {
  it.each(['/_mockflared', '/_mockflared/clock', '/_mockflared/openapi.json'])(
    '%s is a path that Cloudflare does not have',
    async url => {
      const { status, body, headers } = await ask({ control: 'off' }, { url })

      expect(status).toBe(404)
      expect(body).toMatchObject({ success: false, errors: [{ code: 7003 }, { code: 7000 }], result: null })
      expect(headers['cf-ray']).toBeDefined()
    },
  )

  it('the library has it still', async () => {
    const { control } = await startFrozen({ control: 'off' })

    await expect(control.moveClock({ advance: '1h' })).resolves.toMatchObject({ now: '2026-01-01T01:00:00.000000Z' })
  })
})

describe('an error of the control plane', () => {
  it.each<[string, InjectOptions, number, string]>([
    ['for an unknown path', { url: '/_mockflared/nonsense' }, 404, 'not_found'],
    ['for a slash too many', { method: 'DELETE', url: '/_mockflared/faults/' }, 404, 'not_found'],
    ['for another method', { method: 'PATCH', url: '/_mockflared/clock' }, 404, 'not_found'],
    ['for a body that is no JSON', { method: 'POST', url: '/_mockflared/clock', payload: '{' }, 400, 'invalid'],
    ['for a body that is a list', { method: 'POST', url: '/_mockflared/clock', payload: [] }, 400, 'invalid'],
    [
      'for a body that breaks its model',
      { method: 'POST', url: '/_mockflared/reset', payload: { to: 5 } },
      400,
      'invalid',
    ],
    ['for an id that is none', { url: `/_mockflared/accounts/${ACCOUNT}/tunnels/blog/connectors` }, 400, 'invalid'],
    [
      'for a tunnel that is not there',
      { url: `/_mockflared/accounts/${ACCOUNT}/tunnels/${UNKNOWN_ID}/connectors` },
      404,
      'not_found',
    ],
    ['for a parameter that is no number', { url: '/_mockflared/requests?limit=many' }, 400, 'invalid'],
    ['for what it will not do', { method: 'DELETE', url: '/_mockflared/worlds/main' }, 409, 'refused'],
    [
      'for a body that is too long',
      { method: 'POST', url: '/_mockflared/reset', payload: ' '.repeat(2 ** 21) },
      400,
      'invalid',
    ],
  ])('%s has a shape of its own, and nothing of Cloudflare', async (_what, request, status, code) => {
    const answer = await ask({}, request)

    expect(answer).toMatchObject({ status, body: { error: { code, message: expect.any(String) } } })
    expect(Object.keys(answer.body)).toEqual(['error'])
    expect(Object.keys(answer.body.error)).toEqual(['code', 'message'])
    expect(answer.headers['cf-ray']).toBeUndefined()
  })
})

describe('a control plane on a port of its own', () => {
  const start = async (options: EmulatorOptions = {}) => {
    const emulator = await createEmulator({ port: 0, control_port: 0, ...options })
    onTestFinished(() => emulator.close())
    return emulator
  }

  it('is there, and not on the port of the API', async () => {
    const { url, controlURL } = await start()

    expect(new URL(controlURL).port).not.toBe(new URL(url).port)
    expect((await fetch(`${controlURL}/clock`)).status).toBe(200)
    expect((await fetch(`${url}/_mockflared/clock`)).status).toBe(404)
  })

  it('serves nothing of the API, and names where that is', async () => {
    const { baseURL, controlURL } = await start()

    expect(await (await fetch(`${controlURL}/`)).json()).toMatchObject({ base_url: baseURL })
    expect((await fetch(controlURL.replace('/_mockflared', '/client/v4/accounts'))).status).toBe(404)
  })

  it('reaches every world', async () => {
    const { control, controlURL } = await start()
    const { id } = await control.createWorld()

    const there = await fetch(controlURL.replace('/_mockflared', `/w/${id}/_mockflared/`))
    expect(await there.json()).toMatchObject({ world: id })
  })

  it('keeps the server from starting when the port is taken', async () => {
    const { controlURL } = await start()
    const taken = Number(new URL(controlURL).port)

    await expect(start({ control_port: taken })).rejects.toThrow(`port ${taken} of 127.0.0.1 is taken`)
  })
})

describe('the address of the control plane', () => {
  it.each([
    [{ port: 0 }, /^http:\/\/127\.0\.0\.1:\d+\/_mockflared$/],
    [{ port: 0, control: 'off' as const }, /^$/],
    [{ listen: false }, /^$/],
  ])('of %j is %s', async (options, address) => {
    const emulator = await createEmulator(options)
    onTestFinished(() => emulator.close())

    expect(emulator.controlURL).toMatch(address)
  })
})
