import { describe, expect, it } from 'vitest'
import { ACCOUNT, SECRET, seedOf } from '../support/emulator.ts'
import { run, startServer } from '../support/run-command.ts'

const TUNNEL = '00000000-0000-4000-8000-000000000001'
const OTHER_ACCOUNT = '023e105f4ecef8ad9ca31a8372d0c353'

const seed = [
  ...seedOf({ id: TUNNEL, name: 'blog', tunnel_secret: SECRET }, { name: 'shop' }),
  { tunnels: [{ account_tag: OTHER_ACCOUNT, name: 'shop' }] },
]

function startWithEdge() {
  return startServer({ seed, edge_port: 0 })
}

describe('env --tunnel', () => {
  it('prints what cloudflared needs, for eval', async () => {
    const { run, edgeAddress, edgeCaFile } = await startWithEdge()
    const token = btoa(JSON.stringify({ a: ACCOUNT, t: TUNNEL, s: SECRET }))

    expect((await run('env', '--tunnel', 'blog')).stdout.split('\n')).toEqual([
      `export TUNNEL_TOKEN=${token}`,
      `export TUNNEL_EDGE=${[edgeAddress, edgeAddress, edgeAddress, edgeAddress].join(',')}`,
      `export TUNNEL_CACERT=${edgeCaFile}`,
      'export TUNNEL_TRANSPORT_PROTOCOL=http2',
      'export NO_AUTOUPDATE=true',
      'export TUNNEL_NO_PRECHECKS=true',
    ])
  })

  it.each([
    ['dotenv', /^TUNNEL_TOKEN=ey\w+=*$/m],
    ['github', /^NO_AUTOUPDATE=true$/m],
    ['json', /"TUNNEL_TRANSPORT_PROTOCOL": "http2"/],
  ])('takes an id, and the format %s', async (format, line) => {
    const { run } = await startWithEdge()

    expect((await run('env', '--tunnel', TUNNEL.toUpperCase(), '--format', format)).stdout).toMatch(line)
  })

  it('finds a tunnel in another world', async () => {
    const { run, control } = await startWithEdge()
    await control.createWorldAs({ id: 'job-1', from: 'empty' })

    expect(await run('env', '--tunnel', 'blog', '--world', 'job-1')).toMatchObject({
      code: 1,
      stderr: 'mockflared: there is no tunnel blog',
    })
  })

  it('asks for the account if several have a tunnel of this name', async () => {
    const { run } = await startWithEdge()
    const chosen = await run('env', '--tunnel', 'shop', '--account', OTHER_ACCOUNT, '--json')
    const { TUNNEL_TOKEN } = JSON.parse(chosen.stdout)

    expect((await run('env', '--tunnel', 'shop')).stderr).toMatch(
      /^mockflared: several accounts have a tunnel shop: name one with --account, of \w{32}, \w{32}$/,
    )
    expect(JSON.parse(atob(TUNNEL_TOKEN))).toMatchObject({ a: OTHER_ACCOUNT })
  })

  it('without an edge says how to start one', async () => {
    const { run } = await startServer({ seed })

    expect(await run('env', '--tunnel', 'blog')).toEqual({
      code: 1,
      stdout: '',
      stderr: 'mockflared: the edge is off: start the server with --edge-port',
    })
  })

  it('without a server fails, because only a server knows its edge', async () => {
    const { code, stdout, stderr } = await run(['env', '--tunnel', 'blog', '--url', 'http://127.0.0.1:1'])

    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toMatch(/^mockflared: http:\/\/127\.0\.0\.1:1 does not answer/)
  })

  it('is what --account belongs to', async () => {
    expect((await run(['env', '--account', 'a'])).stderr).toBe('mockflared: --account belongs to --tunnel')
  })
})
