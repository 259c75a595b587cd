/** The command as a user runs it, in a process of its own. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { execPath } from 'node:process'
import { createInterface } from 'node:readline'
import Database from 'better-sqlite3'
import { describe, expect, it, onTestFinished } from 'vitest'
import { unsupportedNodeMessage } from '../../src/config/node-version.ts'
import { OPTION_NAMES, spellingsOf, variableOf } from '../../src/config/options.ts'
import { VERSION } from '../../src/config/version.ts'
import { temporary } from '../support/command.ts'
import { COMPILE_CACHE } from '../support/compile-cache.ts'
import { ACCOUNT } from '../support/emulator.ts'

function start(args: readonly string[], env: Record<string, string> = {}) {
  const child = spawn(execPath, ['src/cli.ts', ...args], { env: { ...COMPILE_CACHE, ...env } })
  onTestFinished(() => {
    child.kill('SIGKILL')
  })
  return child
}

/** Runs to the end. */
async function run(args: readonly string[], env?: Record<string, string>) {
  const child = start(args, env)
  let [stdout, stderr] = ['', '']
  child.stdout.on('data', chunk => {
    stdout += chunk
  })
  child.stderr.on('data', chunk => {
    stderr += chunk
  })
  const [code] = await once(child, 'close')
  return { code, stdout, stderr }
}

/** Runs until the server is ready. */
async function serve(args: readonly string[], env?: Record<string, string>) {
  const child = start(['--port', '0', ...args], env)
  const lines: string[] = []
  for await (const line of createInterface(child.stdout)) {
    lines.push(line)
    if (line.startsWith('export CLOUDFLARE_API_TOKEN')) break
  }
  const baseURL = lines.join('\n').match(/CLOUDFLARE_BASE_URL=(\S+)/)?.[1] ?? ''
  const tunnels = `${baseURL}/accounts/${ACCOUNT}/cfd_tunnel`
  const request = (method: string, body?: object) =>
    fetch(tunnels, { method, headers: { authorization: 'Bearer token' }, ...(body && { body: JSON.stringify(body) }) })
  const stop = async (signal: NodeJS.Signals) => {
    child.kill(signal)
    const [code] = await once(child, 'close')
    return code
  }
  return { lines, baseURL, request, stop }
}

describe('mockflared', () => {
  it('prints where it listens, and lines to paste', async () => {
    const { lines, baseURL } = await serve([])
    const url = baseURL.replace('/client/v4', '')

    expect(lines.filter(line => !line.startsWith('['))).toEqual([
      `mockflared ${VERSION} listens on ${url}, its documentation on ${url}/docs`,
      `its console on ${url}/_mockflared/console/`,
      `export CLOUDFLARE_BASE_URL=${url}/client/v4`,
      `export CLOUDFLARE_ACCOUNT_ID=${ACCOUNT}`,
      'export CLOUDFLARE_API_TOKEN=any-token',
    ])
    expect((await fetch(`${url}/healthz`)).status).toBe(200)
    expect((await fetch(`${url}/readyz`)).status).toBe(200)
  })

  it.each(['SIGTERM', 'SIGINT'] as const)('exits with code 0 on %s', async signal => {
    const { stop } = await serve([])

    expect(await stop(signal)).toBe(0)
  })

  it('keeps the data of --db over a restart, and does not load a seed over it', async () => {
    const db = temporary('data.db')
    const first = await serve(['--db', db])
    await first.request('POST', { name: 'blog' })
    await first.stop('SIGTERM')

    const second = await serve(['--db', db, '--seed', 'every-status'])
    expect(await (await second.request('GET')).json()).toMatchObject({ result: [{ name: 'blog' }] })
    await second.stop('SIGTERM')
  })

  it('loads several seeds', async () => {
    const seed = temporary('seed.json')
    writeFileSync(seed, JSON.stringify({ tunnels: [{ account_tag: ACCOUNT, name: 'mine' }] }))
    const { request } = await serve(['--seed', 'every-status', '--seed', seed])

    expect(await (await request('GET')).json()).toMatchObject({ result_info: { total_count: 8 } })
  })

  it('reads options from variables, and prefers a flag', async () => {
    const env = { MOCKFLARED_SEED: 'every-status', MOCKFLARED_AUTH: 'strict' }
    const { request } = await serve(['--auth', 'open'], env)

    expect(await (await request('GET')).json()).toMatchObject({ result_info: { total_count: 7 } })
  })

  it('logs a JSON line without secrets for each response with --log json', async () => {
    const child = start(['--port', '0', '--log', 'json'])
    const lines: string[] = []
    for await (const line of createInterface(child.stdout)) {
      lines.push(line)
      const baseURL = line.match(/CLOUDFLARE_BASE_URL=(\S+)/)?.[1]
      if (baseURL) {
        void fetch(`${baseURL}/accounts/${ACCOUNT}/cfd_tunnel`, { headers: { authorization: 'Bearer hush' } })
      }
      if (line.includes('"ms":')) break
    }

    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ method: 'GET', status: 200 })
    expect(lines.join()).not.toContain('hush')
  })
})

describe('mockflared fails to start with one clear line', () => {
  it('on a port that is taken', async () => {
    const server = createServer().listen(0, '127.0.0.1')
    onTestFinished(() => {
      server.close()
    })
    await once(server, 'listening')
    const address = server.address()
    const port = typeof address === 'object' ? String(address?.port) : ''

    expect(await run(['--port', port])).toEqual({
      code: 1,
      stdout: '',
      stderr: `mockflared: port ${port} of 127.0.0.1 is taken\n`,
    })
  })

  it.each([
    [['--port', 'eighty'], '--port: "eighty" is not a whole number from 0 to 65535'],
    [['--auth', 'maybe'], '--auth: "maybe" is not "open", "strict" or "off"'],
    [['--behaviour', 'tomorrow'], '--behaviour: "tomorrow" is neither latest nor a day such as 2025-11-30'],
    [['--colour', 'red'], 'unknown option "--colour"; did you mean "--clock"?'],
    [['serve-it'], 'unknown command "serve-it"; did you mean "serve"?'],
    [
      ['--seed', '/no/such/file.json'],
      'seed /no/such/file.json: there is no such file; bundled seeds are docs, demo, every-status',
    ],
    [['--db', '/no/such/folder/data.db'], 'cannot open database /no/such/folder/data.db: '],
  ])('on %j', async (args, reason) => {
    const { code, stdout, stderr } = await run(args)

    expect(stderr).toContain(`mockflared: ${reason}`)
    expect(stderr.trimEnd().split('\n')).toHaveLength(1)
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
  })

  it('on an invalid variable, and names it', async () => {
    const { stderr } = await run([], { MOCKFLARED_PORT: 'eighty' })

    expect(stderr).toBe('mockflared: MOCKFLARED_PORT: "eighty" is not a whole number from 0 to 65535\n')
  })

  it('on an invalid seed, and names the file and the place', async () => {
    const seed = temporary('broken.json')
    writeFileSync(seed, JSON.stringify({ tunnels: [{ account_tag: ACCOUNT, name: 'blog', config_src: 'cloud' }] }))

    expect((await run(['--seed', seed])).stderr).toBe(
      `mockflared: seed ${seed}: tunnels[0].config_src: "cloud" is not "local" or "cloudflare"\n`,
    )
  })

  it('on a file that is not a database, and does not change it', async () => {
    const file = temporary('notes.txt')
    writeFileSync(file, 'not a database, but somebody needs it')

    expect(await run(['--db', file])).toMatchObject({ code: 1, stderr: expect.stringContaining(`database ${file}`) })
    expect(readFileSync(file, 'utf8')).toBe('not a database, but somebody needs it')
  })

  it('on a database of a newer mockflared, and does not change it', async () => {
    const file = temporary('newer.db')
    const db = new Database(file)
    db.pragma('user_version = 999')
    db.close()
    const before = readFileSync(file)

    expect(await run(['--db', file])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining(`database ${file} has schema version 999, newer than`),
    })
    expect(readFileSync(file)).toEqual(before)
  })

  it('on a Node that is too old, before it loads any other code', async () => {
    const pretend = `Object.defineProperty(process, 'versions', { value: { node: '20.20.2' } })`

    expect(await run(['clock'], { NODE_OPTIONS: `--import "data:text/javascript,${encodeURI(pretend)}"` })).toEqual({
      code: 1,
      stdout: '',
      stderr: 'mockflared: mockflared needs Node 22.14 or newer; this is Node 20.20.2\n',
    })
  })

  it('only on a Node below 22.14', () => {
    expect(unsupportedNodeMessage('20.20.2')).toBe('mockflared needs Node 22.14 or newer; this is Node 20.20.2')
    expect(unsupportedNodeMessage('22.13.1')).toBeDefined()
    expect(unsupportedNodeMessage('22.14.0')).toBeUndefined()
    expect(unsupportedNodeMessage('24.0.0')).toBeUndefined()
  })
})

describe('the exit code of mockflared', () => {
  it('is 0 for a healthy server and 1 for any other', async () => {
    const { baseURL } = await serve([])
    const url = baseURL.replace('/client/v4', '')

    expect(await run(['health', '--url', url])).toEqual({ code: 0, stdout: `${url} is healthy\n`, stderr: '' })
    expect(await run(['health', '--url', `${url}/nosuch`])).toEqual({
      code: 1,
      stdout: '',
      stderr: `mockflared: ${url}/nosuch answers 404\n`,
    })
  })

  it('is 1 when requests are not as expected', async () => {
    const { baseURL } = await serve([])

    expect(await run(['requests', 'verify'], { MOCKFLARED_URL: baseURL })).toMatchObject({ code: 1, stderr: '' })
  })
})

describe('mockflared without a server', () => {
  it('prints every option with its variable on --help', async () => {
    const { code, stdout } = await run(['--help'])

    expect(code).toBe(0)
    for (const name of OPTION_NAMES) expect(stdout).toContain(variableOf(spellingsOf(name)[0]))
  })

  it('prints its version on --version', async () => {
    expect(await run(['--version'])).toEqual({ code: 0, stdout: `${VERSION}\n`, stderr: '' })
  })
})
