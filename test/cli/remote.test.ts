/** Commands that find a server, or print where it is. */
import { once } from 'node:events'
import { createServer } from 'node:http'
import { homedir } from 'node:os'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { EmulatorOptions } from '../../src/emulator/emulator.ts'
import { ACCOUNT } from '../support/emulator.ts'
import { run, startServer, temporaryFolder } from '../support/run-command.ts'

/** A server that is not mockflared. */
async function startOther(status: number) {
  const server = createServer((_request, response) => response.writeHead(status).end('<html>')).listen(0, '127.0.0.1')
  onTestFinished(() => {
    server.close()
  })
  await once(server, 'listening')
  const address = server.address()
  return `http://127.0.0.1:${typeof address === 'object' && address?.port}`
}

/** A port on which nothing listens. */
async function freePort(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return String(typeof address === 'object' && address?.port)
}

describe('env', () => {
  it('prints the variables for a new server with these options when none answers, and says so', async () => {
    const port = await freePort()
    const { code, stdout, stderr } = await run(['env', '--port', port], { environment: { MOCKFLARED_HOST: '0.0.0.0' } })

    expect(code).toBe(0)
    expect(stderr).toBe(`mockflared: no server answers at http://127.0.0.1:${port}; these are the values for a new one`)
    expect(stdout.split('\n')).toEqual([
      `export CLOUDFLARE_BASE_URL=http://127.0.0.1:${port}/client/v4`,
      `export CLOUDFLARE_API_BASE_URL=http://127.0.0.1:${port}/client/v4`,
      `export CLOUDFLARE_API_URL=http://127.0.0.1:${port}/client/v4`,
      `export TUNNEL_API_URL=http://127.0.0.1:${port}/client/v4`,
      `export CLOUDFLARE_ACCOUNT_ID=${ACCOUNT}`,
      'export CLOUDFLARE_API_TOKEN=any-token',
    ])
  })

  it.each([
    ['shell', "export SSL_CERT_FILE='/my tls/ca-bundle.pem'"],
    ['dotenv', 'SSL_CERT_FILE="/my tls/ca-bundle.pem"'],
    ['github', 'SSL_CERT_FILE=/my tls/ca-bundle.pem'],
    ['json', '"NODE_EXTRA_CA_CERTS": "/my tls/ca.pem"'],
  ])('--tls adds what makes clients trust the CA, in the format %s', async (format, line) => {
    const { stdout } = await run(['env', '--tls', '--tls-dir', '/my tls', '--format', format])

    expect(stdout).toContain(line)
  })

  it('--tls names the CA in the home directory by default', async () => {
    expect((await run(['env', '--tls'])).stdout).toContain(`=${homedir()}/.mockflared/tls/ca.pem`)
  })

  it.each([
    ['dotenv', /^CLOUDFLARE_BASE_URL=http:\/\/127\.0\.0\.1:8844\/client\/v4$/m],
    ['github', /^CLOUDFLARE_BASE_URL=http:\/\/127\.0\.0\.1:8844\/client\/v4$/m],
    ['json', /^ {2}"CLOUDFLARE_BASE_URL": "http:\/\/127\.0\.0\.1:8844\/client\/v4",$/m],
  ])('prints the format %s', async (format, line) => {
    expect((await run(['env', '--format', format])).stdout).toMatch(line)
  })

  it('prints JSON with --json', async () => {
    expect(JSON.parse((await run(['env', '--json'])).stdout)).toMatchObject({ CLOUDFLARE_API_TOKEN: 'any-token' })
  })

  it.each([
    ['dotenv', 'CLOUDFLARE_API_TOKEN="a \\"b\\" \'c\'"'],
    ['shell', `export CLOUDFLARE_API_TOKEN='a "b" '\\''c'\\'''`],
    ['github', `CLOUDFLARE_API_TOKEN=a "b" 'c'`],
  ])('quotes special characters in the format %s', async (format, line) => {
    const seed = { credentials: [{ token: `a "b" 'c'`, permissions: [] }] }
    const port = Number(await freePort())
    const workingDirectory = temporaryFolder({ 'mockflared.config.json': { auth: 'strict', seed: [seed], port } })

    expect((await run(['env', '--format', format], { workingDirectory })).stdout).toContain(line)
  })

  it('prints an account of the seed, and with --auth strict a token of the seed', async () => {
    const [id, other] = ['0'.repeat(32), '1'.repeat(32)]
    const credentials = [{ token: 'good', accounts: [other], permissions: [] }]
    const folder = temporaryFolder({ 'seed.json': { accounts: [{ id }, { id: other }], credentials } })
    const port = await freePort()
    const open = await run(['env', '--port', port, '--seed', `${folder}/seed.json`])
    const strict = await run(['env', '--port', port, '--seed', `${folder}/seed.json`, '--auth', 'strict'])

    expect(open.stdout).toContain(`CLOUDFLARE_ACCOUNT_ID=${id}\nexport CLOUDFLARE_API_TOKEN=any-token`)
    expect(strict.stdout).toContain(`CLOUDFLARE_ACCOUNT_ID=${other}\nexport CLOUDFLARE_API_TOKEN=good`)
  })

  it('prints the account of a running server', async () => {
    const { url, run } = await startServer({ seed: ['demo'] })
    const { stdout } = await run('env', '--format', 'json')

    expect(JSON.parse(stdout)).toMatchObject({
      TUNNEL_API_URL: `${url}/client/v4`,
      CLOUDFLARE_ACCOUNT_ID: '0d3a5c1e8b7f4a2996e1c47d5b80f3a2',
    })
  })

  it('asks the server at host and port, and not its own seeds', async () => {
    const { url } = await startServer({ seed: ['demo'] })
    const { stdout, stderr } = await run(['env', '--port', new URL(url).port, '--seed', 'docs'])

    expect(stdout).toContain('CLOUDFLARE_ACCOUNT_ID=0d3a5c1e8b7f4a2996e1c47d5b80f3a2')
    expect(stderr).toBe('')
  })

  it.each([
    ['without control plane', { control: 'off' as const }, 'there is no control plane'],
    ['whose control plane wants a token', { control_token: 'sesame' }, 'the control plane wants Authorization'],
  ])('prints the defaults for a server %s, and says why', async (_what, options, reason) => {
    const { url } = await startServer({ seed: ['demo'], ...options })
    const { code, stdout, stderr } = await run(['env', '--port', new URL(url).port, '--seed', 'demo'])

    expect(code).toBe(0)
    expect(stdout).toContain(`CLOUDFLARE_BASE_URL=${url}/client/v4`)
    expect(stdout).toContain(`CLOUDFLARE_ACCOUNT_ID=${ACCOUNT}`)
    expect(stderr).toContain(`mockflared: ${url}: ${reason}`)
    expect(stderr).toMatch(/; account and token are the defaults$/)
  })

  it('asks the control plane on its own port', async () => {
    const control_port = Number(await freePort())
    const { url } = await startServer({ seed: ['demo'], control_port })
    const { stdout } = await run(['env', '--port', new URL(url).port, '--control-port', String(control_port)])

    expect(stdout).toContain('CLOUDFLARE_ACCOUNT_ID=0d3a5c1e8b7f4a2996e1c47d5b80f3a2')
  })

  it('prints the values for a new server when another program has the port', async () => {
    const url = await startOther(404)
    const { stdout, stderr } = await run(['env', '--port', new URL(url).port, '--seed', 'demo'])

    expect(stdout).toContain('CLOUDFLARE_ACCOUNT_ID=0d3a5c1e8b7f4a2996e1c47d5b80f3a2')
    expect(stderr).toContain(`no server answers at ${url}`)
  })

  it('fails when no server answers at a URL that was given', async () => {
    const url = `http://127.0.0.1:${await freePort()}`

    expect(await run(['env', '--url', url])).toEqual({
      code: 1,
      stdout: '',
      stderr: `mockflared: ${url} does not answer: connection refused`,
    })
  })

  const [one, two] = ['0'.repeat(32), '1'.repeat(32)]
  const good = { token: 'good', permissions: [] }
  it.each<[string, EmulatorOptions]>([
    ['without seeds', {}],
    ['with a seed', { seed: 'demo' }],
    [
      'with strict credentials for one account',
      { auth: 'strict', seed: { credentials: [{ ...good, accounts: [two] }] } },
    ],
    [
      'with strict credentials for the second account first',
      {
        auth: 'strict',
        seed: {
          accounts: [{ id: one }, { id: two }],
          credentials: [
            { ...good, accounts: [two] },
            { token: 'better', permissions: [], accounts: [one] },
          ],
        },
      },
    ],
    ['with strict credentials and none in the seed', { auth: 'strict' }],
  ])('agrees with the library, running or new, %s', async (_what, options) => {
    const { env, run: call } = await startServer(options)
    const port = Number(await freePort())
    const workingDirectory = temporaryFolder({ 'mockflared.config.json': { ...options, port } })
    const running = JSON.parse((await call('env', '--json')).stdout)
    const fresh = JSON.parse((await run(['env', '--json'], { workingDirectory })).stdout)

    expect(running).toEqual(env)
    expect(fresh).toMatchObject({
      CLOUDFLARE_ACCOUNT_ID: env.CLOUDFLARE_ACCOUNT_ID,
      CLOUDFLARE_API_TOKEN: env.CLOUDFLARE_API_TOKEN,
    })
  })

  it('fails for a world that the server does not have', async () => {
    const { run } = await startServer()

    expect(await run('env', '--world', 'nosuch')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('there is no world nosuch: it was never made here, or was lost with its replica'),
    })
  })

  it('prints the base URL of a world', async () => {
    const port = await freePort()

    expect((await run(['env', '--port', port, '--world', 'abc'])).stdout).toContain(
      `=http://127.0.0.1:${port}/w/abc/client/v4\n`,
    )
  })
})

describe('health', () => {
  it('exits with code 0 for a healthy server', async () => {
    const { url, run } = await startServer()

    expect(await run('health')).toEqual({ code: 0, stdout: `${url} is healthy`, stderr: '' })
    expect(JSON.parse((await run('health', '--json')).stdout)).toEqual({ url, healthy: true })
  })

  it.each([
    ['by flags', (port: string) => [['--host', '0.0.0.0', '--port', port], {}] as const],
    ['by variables', (port: string) => [[], { MOCKFLARED_HOST: '0.0.0.0', MOCKFLARED_PORT: port }] as const],
  ])('finds the server that is given %s', async (_how, given) => {
    const { url } = await startServer({ host: '0.0.0.0' })
    const [args, environment] = given(new URL(url).port)

    expect(await run(['health', ...args], { environment })).toMatchObject({ code: 0 })
  })

  it('exits with code 1 and the reason when nothing listens', async () => {
    const port = await freePort()

    expect(await run(['health', '--port', port])).toEqual({
      code: 1,
      stdout: '',
      stderr: `mockflared: http://127.0.0.1:${port} does not answer: connection refused`,
    })
  })

  it('fails for a status that is not a success', async () => {
    const url = await startOther(503)

    expect((await run(['health', '--url', url])).stderr).toBe(`mockflared: ${url} answers 503`)
  })
})

describe('wait', () => {
  it('succeeds as soon as a server listens', async () => {
    const port = await freePort()
    const waiting = run(['wait', '--port', port, '--timeout', '10s'])
    const server = await startServer({ port: Number(port) })

    expect(await waiting).toEqual({ code: 0, stdout: `${server.url} is ready`, stderr: '' })
  })

  it('fails after --timeout', async () => {
    const port = await freePort()

    expect(await run(['wait', '--port', port, '--timeout', '10ms'])).toEqual({
      code: 1,
      stdout: '',
      stderr: `mockflared: http://127.0.0.1:${port} does not answer: connection refused; waited 0.01 s`,
    })
  })
})

describe('a command calls the server', () => {
  it.each([
    ['of --url', (url: string) => [['--url', url], {}] as const],
    ['whose base URL is in --url', (url: string) => [['--url', `${url}/client/v4/`], {}] as const],
    ['of MOCKFLARED_URL', (url: string) => [[], { MOCKFLARED_URL: url }] as const],
    [
      'of --port before MOCKFLARED_URL',
      (url: string) => [['--port', new URL(url).port], { MOCKFLARED_URL: 'x' }] as const,
    ],
  ])('%s', async (_how, given) => {
    const { url } = await startServer()
    const [args, environment] = given(url)

    expect(await run(['clock', ...args], { environment })).toMatchObject({ code: 0, stderr: '' })
  })

  it('with --control-token, and names the flag when it is missing', async () => {
    const { run: call } = await startServer({ control_token: 'sesame' })

    expect(await call('clock', '--control-token', 'sesame')).toMatchObject({ code: 0 })
    expect(await call('clock')).toMatchObject({ code: 1, stderr: expect.stringContaining('--control-token') })
  })

  it('in the world of --world', async () => {
    const { control, run: call } = await startServer()
    const { id } = await control.createWorld()
    await call('clock', 'set', '2040-01-01T00:00:00Z', '--world', id)

    expect((await call('clock', '--world', id)).stdout).toMatch(/^2040/)
    expect((await call('clock')).stdout).not.toMatch(/^2040/)
  })

  it('and says when another server answers', async () => {
    const url = await startOther(200)

    expect((await run(['clock', '--url', url])).stderr).toBe(
      `mockflared: ${url} answered 200: is it mockflared, with its control plane on?`,
    )
  })
})
