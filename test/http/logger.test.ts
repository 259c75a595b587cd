import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { styleText } from 'node:util'
import { describe, expect, it } from 'vitest'
import { createControlClient } from '../../src/client.ts'
import { startWithBrokenStore } from '../support/broken-store.ts'
import { start, temporary } from '../support/command.ts'
import { ACCOUNT, SECRET, UNKNOWN_ID } from '../support/emulator.ts'

const TOKEN = btoa(JSON.stringify({ a: ACCOUNT, t: UNKNOWN_ID, s: SECRET }))
const TUNNELS = `/client/v4/accounts/${ACCOUNT}/cfd_tunnel`

async function logOf(request: { url: string; payload?: object; headers?: object }) {
  const { inject, lines } = startWithBrokenStore(
    () => {
      throw new Error('broken')
    },
    true,
    'info',
  )
  const { payload, headers } = request
  await inject({
    method: payload ? 'POST' : 'GET',
    ...request,
    headers: { authorization: `Bearer ${TOKEN}`, ...headers },
  })
  return lines.join('')
}

describe('the log', () => {
  it.each([
    ['the query', { url: `${TUNNELS}?tunnel_secret=${encodeURIComponent(SECRET)}&token=${SECRET}` }],
    ['the path', { url: `${TUNNELS}/%65${TOKEN.slice(1, 60)}` }],
    ['the path of what fails', { url: `${TUNNELS}/${UNKNOWN_ID}?token=${TOKEN}` }],
    ['a body', { url: TUNNELS, payload: { name: 5, tunnel_secret: SECRET } }],
    ['the path of the control plane', { url: `/_mockflared/${TOKEN}?control_token=${SECRET}` }],
  ])('has a line for a request, without the secrets of %s', async (_where, request) => {
    const log = await logOf(request)

    expect(log).toContain('"method":')
    expect(log).not.toContain(SECRET)
    expect(log).not.toContain(encodeURIComponent(SECRET))
    expect(log).not.toContain(TOKEN.slice(1, 20))
  })
})

it('the log as JSON has the trace that the caller names', async () => {
  const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01'

  expect(await logOf({ url: TUNNELS, headers: { traceparent } })).toContain(
    '"trace_id":"4bf92f3577b34da6a3ce929d0e0e4736"',
  )
  expect(await logOf({ url: TUNNELS })).not.toContain('trace_id')
})

describe('an observer', () => {
  const headers = { 'mockflared-observer': 'console' }

  it.each([
    { url: '/_mockflared/clock' },
    { url: '/_mockflared/requests?limit=many' },
    { url: '/_mockflared/requests/verify', payload: {} },
    { url: '/_mockflared/explain', payload: { url: 'https://shop.example.com/' } },
  ])('has no line in the log for the reading request %j', async request => {
    expect(await logOf({ ...request, headers })).toBe('')
    expect(await logOf(request)).toContain(request.url)
  })

  it.each([{ url: '/_mockflared/clock', payload: { freeze: true } }, { url: `${TUNNELS}` }])(
    'has a line for %j as everybody else has',
    async request => {
      expect(await logOf({ ...request, headers })).toContain(request.url)
    },
  )
})

describe('the console', () => {
  it('has no line in the log', async () => {
    expect(await logOf({ url: '/_mockflared/console/' })).toBe('')
  })
})

describe('the text log', () => {
  it('writes time, status, method, path and duration of a request in one line', async () => {
    const { next, request } = await startWithTextLog()
    expect(await request('?name=blog')).toBe(200)

    expect(await next('GET')).toMatch(/^\[\d\d:\d\d:\d\d\]: 200 GET \/accounts\/\w+\/cfd_tunnel\?name=blog \d+ ms$/)
  })

  it("writes Cloudflare's error code after the status", async () => {
    const { next, request } = await startWithTextLog()
    expect(await request(`/${UNKNOWN_ID}`)).toBe(404)

    expect(await next('GET')).toMatch(/: 404 1002 GET \S+\/cfd_tunnel\/\S+ \d+ ms$/)
  })

  it('writes the code of an injected error', async () => {
    const { next, request, control } = await startWithTextLog()
    await control.addFault({ preset: 'rate-limited' })
    expect(await request()).toBe(429)

    expect(await next('cfd_tunnel')).toMatch(/: 429 971 GET /)
  })

  it('names the world of a request, unless it is the main one', async () => {
    const { next, request, control } = await startWithTextLog()
    await control.createWorldAs({ id: 'job-1' })
    await request('', '/w/job-1')

    expect(await next('cfd_tunnel')).toMatch(/: 200 GET \/accounts\/\S+ \d+ ms \(world job-1\)$/)
  })

  it('writes what was loaded', async () => {
    const { next } = await startWithTextLog(['--seed', 'demo', '--clock', '2026-01-01T00:00:00Z'])

    expect(await next('loaded')).toMatch(
      /: loaded demo: \d+ tunnels, 1 zone, in memory, clock frozen at 2026-01-01T00:00:00Z$/,
    )
  })

  it('says that it continues with the data of a file, and does not load a seed over it', async () => {
    const db = temporary('log.db')
    const first = await startWithTextLog(['--db', db, '--seed', 'docs'])
    expect(await first.next('loaded')).toMatch(/: loaded docs: \d+ tunnels?, 1 zone, in \S+log\.db, clock running$/)
    first.child.kill('SIGTERM')
    await once(first.child, 'close')

    const { next } = await startWithTextLog(['--db', db, '--seed', 'demo'])
    expect(await next('continued')).toMatch(/: continued with the data of \S+log\.db; did not load demo over it: \d+ /)
  })

  it('writes a line for each event of a connection and each change of a status', async () => {
    const { next, control } = await startWithTextLog(['--seed', 'every-status'])
    const tunnel = (await control.listTunnels()).find(({ name }) => name === 'inactive')
    const address = { account_id: tunnel?.account_id ?? '', tunnel_id: tunnel?.tunnel_id ?? '' }
    const { id } = await control.connectConnector({ ...address, connections: 1 })
    expect(await next('connection_opened')).toContain(` tunnel inactive connector ${id} connection `)
    expect(await next('tunnel_status')).toMatch(/: tunnel_status_changed tunnel inactive inactive → degraded$/)

    await control.disconnectConnector({ ...address, connector_id: id, graceful: false })
    expect(await next('connection_lost')).toContain(` connector ${id} `)
    await control.moveClock({ advance: '5m' })
    expect(await next('connection_expired')).toContain(' connector ')
  })

  it('has no colours in a file or a pipe', async () => {
    const { next, request } = await startWithTextLog()
    await request()

    expect(await next('GET')).toContain(': 200 GET ')
  })

  it('colours a line by the class of its status where colours are wanted', async () => {
    const { next, request } = await startWithTextLog([], { FORCE_COLOR: '1' })
    await request()
    expect(await next('GET')).toContain(`: ${styled('green', '200')} GET `)

    await request(`/${UNKNOWN_ID}`)
    expect(await next('GET')).toContain(`: ${styled('yellow', '404 1002')} GET `)
  })

  it('does not stop the server if its reader is gone', async () => {
    const { child, request } = await startWithTextLog()
    child.stdout?.destroy()

    for (let nth = 0; nth < 5; nth += 1) expect(await request()).toBe(200)
    expect(child.exitCode).toBe(null)
  })
})

describe('the JSON log', () => {
  it('has the world, the operation and the error code of a request as fields', async () => {
    const { next, request } = await startWithTextLog(['--log', 'json'])
    await request(`/${UNKNOWN_ID}`)

    expect(JSON.parse(await next('"ms"'))).toMatchObject({
      world: 'main',
      operation: 'cloudflare-tunnel-get-a-cloudflare-tunnel',
      method: 'GET',
      status: 404,
      code: 1002,
    })
  })

  it('has what was loaded, and each event, as fields', async () => {
    const { next, control } = await startWithTextLog(['--log', 'json', '--seed', 'every-status'])
    const tunnel = (await control.listTunnels()).find(({ name }) => name === 'inactive')
    await control.connectConnector({ account_id: tunnel?.account_id ?? '', tunnel_id: tunnel?.tunnel_id ?? '' })

    expect(JSON.parse(await next('loaded'))).toMatchObject({ seeds: ['every-status'], db: ':memory:', clock: null })
    expect(JSON.parse(await next('connection_opened'))).toMatchObject({
      world: 'main',
      event: { type: 'connection_opened', tunnel_id: tunnel?.tunnel_id },
    })
  })
})

function styled(colour: 'green' | 'yellow', text: string): string {
  return styleText(colour, text, { validateStream: false })
}

async function startWithTextLog(args: readonly string[] = [], env: Record<string, string> = {}) {
  const child = start(['--log', 'text', ...args], { env })
  if (!child.stdout) throw new Error('its output is not a pipe')
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]()
  const next = async (part: string): Promise<string> => {
    for (;;) {
      const known = skipped.findIndex(line => line.includes(part))
      if (known >= 0) return skipped.splice(known, 1)[0] ?? ''
      const { done, value } = await lines.next()
      if (done) throw new Error(`there is no line with ${part}`)
      skipped.push(value)
    }
  }
  const skipped: string[] = []
  const url = /CLOUDFLARE_BASE_URL=(\S+)\/client\/v4/.exec(await next('CLOUDFLARE_BASE_URL'))?.[1] ?? ''
  const request = async (suffix = '', world = ''): Promise<number> => {
    const response = await fetch(`${url}${world}${TUNNELS}${suffix}`, {
      headers: { authorization: 'Bearer any-token' },
    })
    await response.arrayBuffer()
    return response.status
  }
  return { child, next, request, control: createControlClient({ url }) }
}
