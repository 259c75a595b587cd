import { createInterface } from 'node:readline'
import { describe, expect, it } from 'vitest'
import { startWithBrokenStore } from '../support/broken-store.ts'
import { start } from '../support/command.ts'
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
  const { payload } = request
  await inject({ method: payload ? 'POST' : 'GET', ...request, headers: { authorization: `Bearer ${TOKEN}` } })
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

describe('the text log', () => {
  it('writes time, status, method, URL and duration of a request in one line', async () => {
    const { lines, request } = await startWithTextLog()
    expect(await request('?name=blog')).toBe(200)

    const { value: line } = await lines.next()
    expect(line).toMatch(/^\[\d\d:\d\d:\d\d\]: 200 GET \S+\/cfd_tunnel\?name=blog \d+ ms$/)
    expect(await request('/x')).toBe(404)
    expect((await lines.next()).value).toContain(' 404 GET ')
  })

  it('does not stop the server if its reader is gone', async () => {
    const { child, request } = await startWithTextLog()
    child.stdout?.destroy()

    for (let nth = 0; nth < 5; nth += 1) expect(await request()).toBe(200)
    expect(child.exitCode).toBe(null)
  })
})

async function startWithTextLog() {
  const child = start(['--log', 'text'])
  if (!child.stdout) throw new Error('its output is not a pipe')
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]()
  let url: string | undefined
  while (url === undefined) {
    const { done, value } = await lines.next()
    if (done) throw new Error('it did not start')
    url = /CLOUDFLARE_BASE_URL=(\S+)\/client\/v4/.exec(value)?.[1]
  }
  await lines.next() // The last line of the start, with the token.
  const request = async (suffix = ''): Promise<number> => {
    const response = await fetch(`${url}${TUNNELS}${suffix}`, { headers: { authorization: 'Bearer any-token' } })
    await response.arrayBuffer()
    return response.status
  }
  return { child, lines, request }
}
