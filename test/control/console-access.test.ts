import type { InjectOptions } from 'fastify'
import { beforeAll, describe, expect, it } from 'vitest'
import { DEFAULTS } from '../../src/config/options.ts'
import { createApp } from '../../src/emulator/app.ts'
import { createEmulator, type EmulatorOptions } from '../../src/emulator/emulator.ts'
import { PRODUCTS } from '../../src/resources/products.ts'
import { CONSOLE, startWithConsole } from '../support/console-files.ts'

const TOKEN = 'sesame'
const ELSEWHERE = '192.0.2.1'
const WITH_TOKEN = { authorization: `Bearer ${TOKEN}` }

interface Route {
  readonly method: string
  readonly url: string
}

/** Each route of the control plane, with a value for each parameter, and paths without a route. */
async function allRoutes(): Promise<readonly Route[]> {
  const routes: Route[] = []
  const app = createApp({ ...DEFAULTS, logger: false, operations: [], products: PRODUCTS, control: 'here' })
  app.addHook('onRoute', ({ method, url }) => {
    routes.push(...[method].flat().map(one => ({ method: one, url: url.replaceAll(/:\w+/g, 'x').replace('*', 'x') })))
  })
  await app.ready()
  const unknown = ['/nonsense', '/consoles', '/console%2f', '//console/', '/docs/static/x'].flatMap(path =>
    ['GET', 'POST', 'OPTIONS'].map(method => ({ method, url: `/_mockflared${path}` })),
  )
  return [...routes.filter(({ url }) => url.startsWith('/_mockflared')), ...unknown]
}

function isShell({ method, url }: Route): boolean {
  return ['GET', 'HEAD'].includes(method) && /^\/_mockflared\/console(\/.*)?$/.test(url)
}

const PAGE = { host: 'localhost:8844', 'sec-fetch-site': 'same-origin', 'sec-fetch-dest': 'document' }
const CROSS_SITE = { host: 'localhost:8844', 'sec-fetch-site': 'cross-site' }

/** Callers that may not use the control plane, and whether they may have the files of the console. */
const CALLERS: Readonly<Record<string, [options: EmulatorOptions, caller: InjectOptions, hasShell: boolean]>> = {
  'without the token': [{ control_token: TOKEN }, { headers: PAGE }, true],
  'with another token': [{ control_token: TOKEN }, { headers: { ...PAGE, authorization: 'Bearer open' } }, true],
  'without the token of an open control plane': [{ control: 'open', control_token: TOKEN }, { headers: PAGE }, true],
  'on another machine': [{}, { headers: { ...PAGE, host: '192.0.2.7:8844' }, remoteAddress: ELSEWHERE }, true],
  'on another machine, without the token': [
    { control_token: TOKEN },
    { headers: PAGE, remoteAddress: ELSEWHERE },
    true,
  ],
  'on a page of another origin': [{}, { headers: { ...PAGE, origin: 'http://evil.example' } }, false],
  'on a page of another origin, with the token': [
    { control_token: TOKEN },
    { headers: { ...PAGE, ...WITH_TOKEN, origin: 'http://evil.example' } },
    false,
  ],
  'on a page without an origin': [{ control: 'open' }, { headers: { ...PAGE, origin: 'null' } }, false],
  'with a script of another site': [{}, { headers: { ...CROSS_SITE, 'sec-fetch-dest': 'script' } }, false],
  'in a frame of another site': [
    { control: 'open' },
    { headers: { ...CROSS_SITE, 'sec-fetch-dest': 'iframe' } },
    false,
  ],
  'in a frame of another site, with the token': [
    { control_token: TOKEN },
    { headers: { ...CROSS_SITE, ...WITH_TOKEN, 'sec-fetch-dest': 'iframe' } },
    false,
  ],
  'under a name that may be of an attacker': [{}, { headers: { ...PAGE, host: 'evil.example' } }, false],
  'on another machine, under a name': [{}, { headers: { ...PAGE, host: 'evil' }, remoteAddress: ELSEWHERE }, false],
}

describe('the guard of the control plane', () => {
  let routes: readonly Route[]
  beforeAll(async () => {
    routes = await allRoutes()
  })

  it('knows every route', () => {
    expect(routes.length).toBeGreaterThan(100)
    expect(routes).toEqual(expect.arrayContaining([{ method: 'PUT', url: '/_mockflared/state' }]))
    expect(routes.filter(isShell).map(({ method, url }) => `${method} ${url}`)).toEqual([
      'GET /_mockflared/console',
      'HEAD /_mockflared/console',
      'GET /_mockflared/console/x',
      'HEAD /_mockflared/console/x',
    ])
  })

  it.each(Object.entries(CALLERS))(
    'refuses a caller %s every route but the files of the console',
    async (_who, [options, caller, hasShell]) => {
      const { emulator } = await startWithConsole(options)
      const { id } = await emulator.control.createWorld()
      for (const root of ['', `/w/${id}`]) {
        for (const route of routes) {
          const url = root + route.url
          const { statusCode } = await emulator.inject({ ...caller, method: route.method as 'GET', url })
          const isAllowed = hasShell && isShell(route)
          expect([route.method, url, statusCode]).toEqual([
            route.method,
            url,
            isAllowed ? expect.not.toSatisfy(status => status === 403) : 403,
          ])
        }
      }
    },
  )

  it.each(Object.entries(CALLERS))(
    'is the same for the console of a caller %s',
    async (_who, [options, caller, hasShell]) => {
      const { emulator } = await startWithConsole(options)
      const { statusCode, headers, body } = await emulator.inject({ ...caller, url: CONSOLE })

      expect(statusCode).toBe(hasShell ? 200 : 403)
      expect(headers['content-security-policy']).toContain("frame-ancestors 'none'")
      if (!hasShell) expect(body).toMatch(/^The console is not shown here: the control plane .+\.\n$/)
    },
  )

  it('is the same on a port of its own', async () => {
    const emulator = await createEmulator({ port: 0, control_port: 0, control_token: TOKEN })
    try {
      expect((await fetch(`${emulator.controlURL}/console`, { redirect: 'manual' })).status).toBe(308)
      expect((await fetch(`${emulator.controlURL}/clock`)).status).toBe(403)
    } finally {
      await emulator.close()
    }
  })
})
