import { describe, expect, it } from 'vitest'
import { VERSION } from '../../src/config/version.ts'
import type { EmulatorOptions } from '../../src/emulator/emulator.ts'
import { CONSOLE, startWithConsole } from '../support/console-files.ts'
import { ACCOUNT } from '../support/emulator.ts'

const BROWSER = { accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' }
const PAGES = ['/docs/start', '/docs', '/docs/', '/_mockflared/docs']

const OTHER_ACCOUNT = '0123456789abcdef0123456789abcdef'
const TOKEN = 'token-of-the-seed'
const STRICT: EmulatorOptions = {
  auth: 'strict',
  seed: {
    accounts: [{ id: OTHER_ACCOUNT, name: 'Shop' }],
    credentials: [{ token: TOKEN, permissions: ['Cloudflare Tunnel Write'] }],
    tunnels: [{ account_tag: OTHER_ACCOUNT, name: 'shop' }],
  },
}

async function start(options: EmulatorOptions = {}) {
  const { emulator, get } = await startWithConsole(options)
  return {
    emulator,
    get: (url: string, headers: Record<string, string> = BROWSER, remoteAddress?: string) =>
      get(url, headers, remoteAddress),
  }
}

/** The targets of links, styles and scripts. */
function targetsIn(page: string): string[] {
  return [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, target = '']) => target)
}

describe('our pages', () => {
  it.each(PAGES)('%s loads only files of the server, and runs no script of its own', async path => {
    const { get } = await start()
    const { body, headers } = await get(path)
    const files = [...body.matchAll(/<(?:script src|link rel="[^"]+"[^>]* href)="([^"]+)"/g)].map(
      ([, file = '']) => file,
    )

    expect(headers['content-type']).toBe('text/html; charset=utf-8')
    expect(headers['content-security-policy']).toMatch(/^default-src 'self';/)
    expect(body).not.toMatch(/<script>|<style|\son\w+=/)
    expect(files.length).toBeGreaterThanOrEqual(2)
    for (const file of files) expect((await get(file)).statusCode).toBe(200)
  })

  it.each(PAGES)('%s fits small screens and follows the colour scheme', async path => {
    const { get } = await start()

    expect((await get(path)).body).toContain('<meta name="viewport" content="width=device-width, initial-scale=1">')
    expect((await get('/docs/static/style.css')).body).toContain('color-scheme: light dark')
  })

  it.each(PAGES)('%s links to the pages, the documentation and the repository', async path => {
    const { get } = await start()
    const repository = 'https://github.com/mockflared/mockflared'

    expect(targetsIn((await get(path)).body)).toEqual(
      expect.arrayContaining([
        '/',
        '/docs/start',
        '/docs',
        CONSOLE,
        '/_mockflared/docs',
        repository,
        `${repository}/tree/main/docs#readme`,
      ]),
    )
  })

  it('are not in the request log, and neither are their files', async () => {
    const { emulator, get } = await start()
    const paths = ['/openapi.json', '/docs/json', '/docs/yaml', '/docs/nothing', '/docs/static/nothing', '/favicon.ico']
    for (const path of ['/', ...PAGES, ...paths]) await get(path)

    expect(await emulator.control.listRequests()).toEqual([])
  })

  it('have the URLs of their world', async () => {
    const { emulator, get } = await start()
    const { id } = await emulator.control.createWorld()

    expect((await get(`/w/${id}/docs/json`)).json().servers).toEqual([{ url: `/w/${id}/client/v4` }])
    expect((await get(`/w/${id}/_mockflared/docs/json`)).json().servers).toEqual([{ url: `/w/${id}/_mockflared` }])
    for (const path of PAGES) {
      const own = targetsIn((await get(`/w/${id}${path}`)).body).filter(target => target.startsWith('/'))
      expect(own.filter(target => !target.startsWith(`/w/${id}/`))).toEqual([])
      for (const target of own) expect((await get(target)).statusCode).toBeLessThan(400)
    }
  })

  it('have the path of a public URL in front of their own', async () => {
    const { get } = await start({ public_url: 'https://ci.example.com/double' })

    expect((await get('/docs/json')).json().servers).toEqual([{ url: '/double/client/v4' }])
    expect(targetsIn((await get('/docs/start')).body)).toContain('/double/docs/static/style.css')
  })

  it('link to a control plane on a port of its own, and back', async () => {
    const { emulator, get } = await start({ listen: true, port: 0, control_port: 0 })
    const page = await fetch(`${emulator.controlURL}/docs`, { headers: BROWSER })
    const document = await (await fetch(`${emulator.controlURL}/docs/json`)).json()

    expect(targetsIn((await get('/docs')).body)).toContain(`${emulator.controlURL}/docs`)
    expect(targetsIn(await page.text())).toContain(`${emulator.url}/docs`)
    expect(document).toMatchObject({ servers: [{ url: '/_mockflared' }] })
  })

  it('escape what they show', async () => {
    const { get } = await start({ public_url: 'https://ci.example.com/"><script>alert(1)</script>' })

    expect((await get('/docs/start')).body).not.toContain('<script>')
  })
})

describe('the root in a browser', () => {
  it.each(['', '/w/main'])('leads to the console of the main world from %j', async root => {
    const { statusCode, headers } = await (await start()).get(`${root}/`)

    expect([statusCode, headers.location]).toEqual([302, CONSOLE])
  })

  it.each(['', '/'])('leads to the console of another world, with the URL ending in %j', async end => {
    const { emulator, get } = await start()
    const { id } = await emulator.control.createWorld()
    const { statusCode, headers } = await get(`/w/${id}${end}`)

    expect([statusCode, headers.location]).toEqual([302, `/w/${id}${CONSOLE}`])
  })

  it('leads to the console below the path of a public URL', async () => {
    const { get } = await start({ public_url: 'https://ci.example.com/double' })

    expect((await get('/')).headers.location).toBe(`/double${CONSOLE}`)
  })

  it.each<[string, EmulatorOptions, string | undefined]>([
    ['without the token', { control_token: 'sesame' }, undefined],
    ['on another machine', {}, '192.0.2.1'],
    ['on another machine, to an open control plane', { control: 'open' }, '192.0.2.1'],
    ['who may only watch', { console: 'watch' }, undefined],
  ])('leads a caller %s to the console too, which says what is missing', async (_who, options, address) => {
    const { get } = await start(options)

    expect((await get('/', { ...BROWSER, host: '192.0.2.7:8844' }, address)).statusCode).toBe(302)
  })

  it.each<[string, EmulatorOptions, Record<string, string>, string]>([
    ['it is off', { console: 'off' }, {}, 'The console is off: start the server with --console on.'],
    ['there is no control plane', { control: 'off' }, {}, 'The console is off: start the server with --control on.'],
    [
      'the host is a name',
      {},
      { host: 'ci:8844' },
      'The console is not shown here: the control plane is not reached as ci:8844 without --control-token, or --control open.',
    ],
  ])('is the index, which says what to set, when %s', async (_why, options, headers, hint) => {
    const { statusCode, body } = await (await start(options)).get('/', { ...BROWSER, ...headers })

    expect(statusCode).toBe(200)
    expect(body).toContain(`<p class="hint">${hint}</p>`)
    expect(targetsIn(body)).not.toContain(CONSOLE)
  })

  it('is the index with a link to the console when that has its own port, whose root leads to it', async () => {
    const { emulator, get } = await start({ listen: true, port: 0, control_port: 0 })
    const { id } = await emulator.control.createWorld()

    expect(targetsIn((await get('/')).body)).toContain(`${emulator.controlURL}/console/`)
    for (const root of ['', `/w/${id}`]) {
      const there = await fetch(`${new URL(emulator.controlURL).origin}${root}/`, { headers: BROWSER })
      expect([there.status, new URL(there.url).pathname]).toEqual([200, root + CONSOLE])
    }
  })
})

describe('the root of the control plane', () => {
  it.each(['', '/'])('leads a browser to the console, with the URL ending in %j', async end => {
    const { emulator, get } = await start()
    const { id } = await emulator.control.createWorld()
    for (const root of ['', `/w/${id}`]) {
      const url = `${root}/_mockflared${end}`
      const { statusCode, headers } = await get(url)

      expect([statusCode, new URL(String(headers.location), `http://x${url}`).pathname]).toEqual([302, root + CONSOLE])
    }
  })

  it('is JSON for every other client, and in a browser when the console is off', async () => {
    expect((await (await start()).get('/_mockflared/', { accept: '*/*' })).json()).toMatchObject({ world: 'main' })
    expect((await (await start({ console: 'off' })).get('/_mockflared/')).json()).toMatchObject({ console: 'off' })
  })
})

describe('the index', () => {
  it('names what is loaded, and the lines that point a client at it', async () => {
    const { body } = await (await start({ seed: 'demo' })).get('/docs/start')

    for (const text of [
      `mockflared ${VERSION}`,
      '<dt>Tunnels</dt><dd>13</dd>',
      '<dt>Seed</dt><dd>demo</dd>',
      'export CLOUDFLARE_BASE_URL=http://localhost:8844/client/v4\n',
      'export CLOUDFLARE_ACCOUNT_ID=0d3a5c1e8b7f4a2996e1c47d5b80f3a2\n',
      'export CLOUDFLARE_API_TOKEN=any-token\n',
    ]) {
      expect(body).toContain(text)
    }
    for (const path of ['state', 'requests', 'events']) expect(targetsIn(body)).toContain(`/_mockflared/${path}`)
    expect(targetsIn(body)).toContain('/healthz')
  })

  it.each([{}, { accept: '*/*' }, { accept: 'application/json' }])(
    'is an unknown path of the API for a client with the headers %j',
    async headers => {
      const { emulator, get } = await start()
      const { statusCode, body } = await get('/', headers as Record<string, string>)

      expect(statusCode).toBe(404)
      expect(JSON.parse(body)).toMatchObject({ success: false, errors: [{ code: 7003 }] })
      expect(await emulator.control.listRequests()).toHaveLength(1)
    },
  )

  it.each(['/client/v4/', '/client/v4/docs', '/client/v4/favicon.ico'])('is not at %s', async path => {
    expect((await (await start()).get(path)).statusCode).toBe(404)
  })

  it('has no link to a control plane that is off', async () => {
    expect((await (await start({ control: 'off' })).get('/')).body).not.toContain('_mockflared')
  })
})

describe('what a page knows', () => {
  it('are the account, the zone and a tunnel of the seed, and a token', async () => {
    const { get } = await start({ seed: 'demo' })
    const { paths } = (await get('/docs/json')).json()
    const [account, tunnel] = paths['/accounts/{account_id}/cfd_tunnel/{tunnel_id}'].get.parameters
    const [zone] = paths['/zones/{zone_id}'].get.parameters

    expect(account).toMatchObject({ name: 'account_id', example: '0d3a5c1e8b7f4a2996e1c47d5b80f3a2' })
    expect(tunnel).toMatchObject({ name: 'tunnel_id', example: 'd0000000-0000-4000-8000-000000000001' })
    expect(zone).toMatchObject({ name: 'zone_id', example: 'a1c3e5f7092b4d6e8fa0b2c4d6e8f013' })
    expect((await get('/docs')).body).toContain('data-token="any-token"')
  })

  it('is a token of the seed when credentials are strict', async () => {
    const { get } = await start(STRICT)

    expect((await get('/docs')).body).toContain(`data-token="${TOKEN}"`)
    expect((await get('/docs/start')).body).toContain(`CLOUDFLARE_API_TOKEN=${TOKEN}`)
  })

  it.each<[string, EmulatorOptions, Record<string, string>, string]>([
    ['from another machine', {}, BROWSER, '192.0.2.1'],
    ['under a name that may be an attacker’s', {}, { ...BROWSER, host: 'evil.example' }, '127.0.0.1'],
    ['without the control token', { control_token: 'sesame' }, BROWSER, '127.0.0.1'],
    ['of a server without a control plane', { control: 'off' }, BROWSER, '127.0.0.1'],
  ])('is no token of the seed for a caller %s, who gets a hint', async (_who, options, headers, address) => {
    const { get } = await start({ ...STRICT, ...options })
    const docs = await get('/docs', headers, address)
    const index = await get('/docs/start', headers, address)

    expect(docs.body).toContain('data-token=""')
    expect(docs.body).toContain('press “Authorize”')
    const { body } = await get('/docs/json', headers, address)
    expect(`${docs.body}${index.body}`).not.toContain(TOKEN)
    expect(`${docs.body}${index.body}${body}`).not.toContain(OTHER_ACCOUNT)
    expect(index.body).not.toContain('<dt>Tunnels</dt>')
    expect(index.body).toContain('The token is a placeholder')
  })

  it('is the example account of an empty server', async () => {
    const { paths } = (await (await start()).get('/openapi.json')).json()

    expect(paths['/accounts/{account_id}/cfd_tunnel'].get.parameters[0]).toMatchObject({ example: ACCOUNT })
  })
})
