import { describe, expect, it } from 'vitest'
import { startBroken } from '../support/broken-store.ts'
import { ACCOUNT, SECRET, UNKNOWN_ID } from '../support/emulator.ts'

const TOKEN = btoa(JSON.stringify({ a: ACCOUNT, t: UNKNOWN_ID, s: SECRET }))
const TUNNELS = `/client/v4/accounts/${ACCOUNT}/cfd_tunnel`

async function logOf(request: { url: string; payload?: object; headers?: object }) {
  const { inject, lines } = startBroken(
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
  ])('has a line for a request, and nothing secret of %s', async (_where, request) => {
    const log = await logOf(request)

    expect(log).toContain('"method":')
    expect(log).not.toContain(SECRET)
    expect(log).not.toContain(encodeURIComponent(SECRET))
    expect(log).not.toContain(TOKEN.slice(1, 20))
  })
})
