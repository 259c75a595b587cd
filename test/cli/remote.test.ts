/** Verbs that find a server, or tell where it is. */
import { once } from 'node:events'
import { createServer } from 'node:http'
import { describe, expect, it, onTestFinished } from 'vitest'
import { ACCOUNT } from '../support/emulator.ts'
import { run, startServer, temporaryFolder } from '../support/run-command.ts'

/** A server that is no mockflared. */
async function startOther(status: number) {
  const server = createServer((_request, response) => response.writeHead(status).end('<html>')).listen(0, '127.0.0.1')
  onTestFinished(() => {
    server.close()
  })
  await once(server, 'listening')
  const address = server.address()
  return `http://127.0.0.1:${typeof address === 'object' && address?.port}`
}

/** A port where nobody listens any more. */
async function freePort(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return String(typeof address === 'object' && address?.port)
}

describe('env', () => {
  it('tells what points each client at a server with these options', async () => {
    const { code, stdout } = await run(['env', '--port', '9000'], { environment: { MOCKFLARED_HOST: '0.0.0.0' } })

    expect(code).toBe(0)
    expect(stdout.split('\n')).toEqual([
      'export CLOUDFLARE_BASE_URL=http://127.0.0.1:9000/client/v4',
      'export CLOUDFLARE_API_BASE_URL=http://127.0.0.1:9000/client/v4',
      'export CLOUDFLARE_API_URL=http://127.0.0.1:9000/client/v4',
      'export TUNNEL_API_URL=http://127.0.0.1:9000/client/v4',
      `export CLOUDFLARE_ACCOUNT_ID=${ACCOUNT}`,
      'export CLOUDFLARE_API_TOKEN=any-token',
    ])
  })

  it.each([
    ['dotenv', /^CLOUDFLARE_BASE_URL=http:\/\/127\.0\.0\.1:8844\/client\/v4$/m],
    ['github', /^CLOUDFLARE_BASE_URL=http:\/\/127\.0\.0\.1:8844\/client\/v4$/m],
    ['json', /^ {2}"CLOUDFLARE_BASE_URL": "http:\/\/127\.0\.0\.1:8844\/client\/v4",$/m],
  ])('speaks %s', async (format, line) => {
    expect((await run(['env', '--format', format])).stdout).toMatch(line)
  })

  it.each([
    ['dotenv', 'CLOUDFLARE_API_TOKEN="a \\"b\\" \'c\'"'],
    ['shell', `export CLOUDFLARE_API_TOKEN='a "b" '\\''c'\\'''`],
    ['github', `CLOUDFLARE_API_TOKEN=a "b" 'c'`],
  ])('quotes in %s what needs it', async (format, line) => {
    const seed = { credentials: [{ token: `a "b" 'c'`, permissions: [] }] }
    const folder = temporaryFolder({ 'mockflared.config.json': { auth: 'strict', seed: [seed] } })

    expect((await run(['env', '--format', format], { folder })).stdout).toContain(line)
  })

  it('names an account of the seed, and with --auth strict a token of it', async () => {
    const [id, other] = ['0'.repeat(32), '1'.repeat(32)]
    const credentials = [{ token: 'good', accounts: [other], permissions: [] }]
    const folder = temporaryFolder({ 'seed.json': { accounts: [{ id }, { id: other }], credentials } })
    const open = await run(['env', '--seed', `${folder}/seed.json`])
    const strict = await run(['env', '--seed', `${folder}/seed.json`, '--auth', 'strict'])

    expect(open.stdout).toContain(`CLOUDFLARE_ACCOUNT_ID=${id}\nexport CLOUDFLARE_API_TOKEN=any-token`)
    expect(strict.stdout).toContain(`CLOUDFLARE_ACCOUNT_ID=${other}\nexport CLOUDFLARE_API_TOKEN=good`)
  })

  it('asks a running server', async () => {
    const { url, run } = await startServer({ seed: ['demo'] })
    const { stdout } = await run('env', '--format', 'json')

    expect(JSON.parse(stdout)).toMatchObject({
      TUNNEL_API_URL: `${url}/client/v4`,
      CLOUDFLARE_ACCOUNT_ID: '0d3a5c1e8b7f4a2996e1c47d5b80f3a2',
    })
  })

  it('makes do with less where a server has no control plane', async () => {
    const { url, run } = await startServer({ seed: ['demo'], control: 'off' })

    expect((await run('env')).stdout).toContain(`CLOUDFLARE_BASE_URL=${url}/client/v4`)
    expect((await run('env')).stdout).toContain(`CLOUDFLARE_ACCOUNT_ID=${ACCOUNT}`)
  })

  it('knows the base URL of a world', async () => {
    expect((await run(['env', '--world', 'abc'])).stdout).toContain('=http://127.0.0.1:8844/w/abc/client/v4\n')
  })
})

describe('health', () => {
  it('says yes with code 0', async () => {
    const { url, run } = await startServer()

    expect(await run('health')).toEqual({ code: 0, stdout: `${url} is well`, stderr: '' })
    expect(JSON.parse((await run('health', '--json')).stdout)).toEqual({ url, healthy: true })
  })

  it.each([
    ['by flags', (port: string) => [['--host', '0.0.0.0', '--port', port], {}] as const],
    ['by variables', (port: string) => [[], { MOCKFLARED_HOST: '0.0.0.0', MOCKFLARED_PORT: port }] as const],
  ])('finds the server that is configured %s', async (_how, given) => {
    const { url } = await startServer({ host: '0.0.0.0' })
    const [args, environment] = given(new URL(url).port)

    expect(await run(['health', ...args], { environment })).toMatchObject({ code: 0 })
  })

  it('says why not with code 1', async () => {
    const port = await freePort()

    expect(await run(['health', '--port', port])).toEqual({
      code: 1,
      stdout: '',
      stderr: `mockflared: http://127.0.0.1:${port} does not answer: connection refused`,
    })
  })

  it('does not take any server for a healthy one', async () => {
    const url = await startOther(503)

    expect((await run(['health', '--url', url])).stderr).toBe(`mockflared: ${url} answers 503`)
  })
})

describe('wait', () => {
  it('waits until a server is there', async () => {
    const port = await freePort()
    const waiting = run(['wait', '--port', port, '--timeout', '10s'])
    const server = await startServer({ port: Number(port) })

    expect(await waiting).toEqual({ code: 0, stdout: `${server.url} is ready`, stderr: '' })
  })

  it('gives up in the end', async () => {
    const port = await freePort()

    expect(await run(['wait', '--port', port, '--timeout', '10ms'])).toEqual({
      code: 1,
      stdout: '',
      stderr: `mockflared: http://127.0.0.1:${port} does not answer: connection refused; waited 0.01 s`,
    })
  })
})

describe('a verb finds its server', () => {
  it.each([
    ['by --url', (url: string) => [['--url', url], {}] as const],
    ['by the base URL of a client', (url: string) => [['--url', `${url}/client/v4/`], {}] as const],
    ['by MOCKFLARED_URL', (url: string) => [[], { MOCKFLARED_URL: url }] as const],
    [
      'by flags before MOCKFLARED_URL',
      (url: string) => [['--port', new URL(url).port], { MOCKFLARED_URL: 'x' }] as const,
    ],
  ])('%s', async (_how, given) => {
    const { url } = await startServer()
    const [args, environment] = given(url)

    expect(await run(['clock', ...args], { environment })).toMatchObject({ code: 0, stderr: '' })
  })

  it('with its token, and says so without', async () => {
    const { run: ask } = await startServer({ control_token: 'sesame' })

    expect(await ask('clock', '--control-token', 'sesame')).toMatchObject({ code: 0 })
    expect(await ask('clock')).toMatchObject({ code: 1, stderr: expect.stringContaining('--control-token') })
  })

  it('in another world', async () => {
    const { control, run: ask } = await startServer()
    const { id } = await control.createWorld()
    await ask('clock', 'set', '2040-01-01T00:00:00Z', '--world', id)

    expect((await ask('clock', '--world', id)).stdout).toMatch(/^2040/)
    expect((await ask('clock')).stdout).not.toMatch(/^2040/)
  })

  it('or tells that something else is there', async () => {
    const url = await startOther(200)

    expect((await run(['clock', '--url', url])).stderr).toBe(
      `mockflared: ${url} answered 200: is it mockflared, with its control plane on?`,
    )
  })
})
