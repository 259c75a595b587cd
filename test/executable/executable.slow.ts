/** The single executable without Node, packages and files next to it, on a machine that has nothing else. */
import { execFile } from 'node:child_process'
import { chmodSync, copyFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { execPath, stdout } from 'node:process'
import { promisify } from 'node:util'
import Cloudflare from 'cloudflare'
import { describe, expect, it, onTestFinished } from 'vitest'
import { VERSION } from '../../src/config/version.ts'
import { startProgram } from '../support/edge/process.ts'
import { temporaryFolder } from '../support/temporary.ts'

const run = promisify(execFile)

const PROGRAM = 'mockflared'
const ACCOUNT = '699d98642c564d2e855e9661899b7252'
const START_MS = 20_000

/** A folder with the executable alone, and a folder for its temporary files. */
function installed() {
  const folder = temporaryFolder({})
  const program = join(folder, PROGRAM)
  copyFileSync('release/mockflared', program)
  chmodSync(program, 0o755)
  return { folder, program, env: { TMPDIR: temporaryFolder({}) } }
}

async function serve({ folder, program, env }: ReturnType<typeof installed>, ...args: readonly string[]) {
  const server = startProgram(program, ['--port', '0', ...args], env, folder)
  onTestFinished(() => server.close())
  const [, url = ''] = await server.printed(/listens on (http:[^\s,]+)[\s\S]*TOKEN=/, START_MS)
  const { cloudflared } = new Cloudflare({ apiToken: 'any', baseURL: `${url}/client/v4` }).zeroTrust.tunnels
  const names = async () => {
    const tunnels = await cloudflared.list({ account_id: ACCOUNT })
    return tunnels.result.map(({ name }) => name)
  }
  const status = async (path: string) => (await fetch(url + path)).status
  return { ...server, url, cloudflared, names, status }
}

describe('the executable', () => {
  it('has the version of the package, and its commands', async () => {
    const { program, env } = installed()

    expect((await run(program, ['--version'], { env })).stdout).toBe(`${VERSION}\n`)
    expect((await run(program, ['seed', 'check', 'demo', 'docs', 'every-status'], { env })).stdout).toContain('demo')
  })

  it('serves the demo, its pages and the console', async () => {
    const { url, status } = await serve(installed(), '--seed', 'demo')
    const page = await (await fetch(`${url}/_mockflared/console/`)).text()
    const assets = [...page.matchAll(/(?:src|href)="([\w./-]+\.\w+)"/g)].map(
      ([, file]) => `/_mockflared/console/${file}`,
    )
    const pages = ['/docs', '/docs/start', '/docs/static/swagger-ui-bundle.js', '/docs/static/docs.js', '/openapi.json']

    expect(assets.length).toBeGreaterThan(2)
    for (const path of [...assets, ...pages, '/_mockflared/docs', '/favicon.ico']) {
      expect([path, await status(path)]).toEqual([path, 200])
    }
    const scripts = await fetch(`${url}/client/v4/accounts/${ACCOUNT}/workers/scripts`, {
      headers: { authorization: 'Bearer any' },
    })
    expect(scripts.headers.get('mockflared-not-emulated')).toContain('/workers/scripts')
  })

  it.each(['data.db', 'worlds/'])('keeps a tunnel in %s after it was killed', async db => {
    const machine = installed()
    const first = await serve(machine, '--db', db)
    await first.cloudflared.create({ account_id: ACCOUNT, name: 'kept' })
    first.signal('SIGKILL')
    await first.exited()

    expect(await (await serve(machine, '--db', db)).names()).toEqual(['kept'])
  })

  it('reads a configuration that is a module', async () => {
    const machine = installed()
    const folder = temporaryFolder({
      'mockflared.config.ts': 'const seed: string[] = await Promise.resolve(["every-status"])\nexport default { seed }',
    })

    expect(await (await serve({ ...machine, folder })).names()).toContain('healthy')
  })

  it('serves metrics', async () => {
    expect(await (await serve(installed(), '--metrics')).status('/metrics')).toBe(200)
  })

  it('has TLS, the edge and its gateway', async () => {
    const folder = temporaryFolder({})
    const edge = ['--edge-port', '0', '--edge-dir', folder, '--tls', '--tls-port', '0', '--tls-dir', folder]

    expect(await (await serve(installed(), ...edge)).status('/readyz')).toBe(200)
  })

  it('ends with code 0 on SIGTERM, and leaves no temporary file', async () => {
    const machine = installed()
    const server = await serve(machine)
    expect(readdirSync(machine.env.TMPDIR)).toEqual([])
    server.signal('SIGTERM')

    expect(await server.exited()).toBe(0)
  })

  it('says in one line that it needs a folder for temporary files', async () => {
    const { program } = installed()
    const failure = await run(program, ['--port', '0'], { env: { TMPDIR: '/nowhere' } }).catch(error => error)

    expect(failure).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^mockflared: cannot load SQLite from \/nowhere: .*; set TMPDIR to a folder .*\n$/),
    })
  })

  it('refuses worker threads, whose code would be a file', async () => {
    const { program, env } = installed()

    await expect(run(program, ['--port', '0', '--workers', '2'], { env })).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^mockflared: --workers: the single executable has no worker threads; .*\n$/),
    })
  })

  it('is not much larger than Node', () => {
    const [size, node] = ['release/mockflared', execPath].map(file => statSync(file).size) as [number, number]
    stdout.write(`executable: ${size} bytes, ${size - node} more than Node\n`)

    expect(size - node).toBeLessThan(20_000_000)
  })
})
