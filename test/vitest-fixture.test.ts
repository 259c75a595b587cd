/** The fixtures of `mockflared/vitest`. */
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { env, execPath } from 'node:process'
import { promisify } from 'node:util'
import { afterAll, describe, expect, it } from 'vitest'
import { createTest, test } from '../src/vitest.ts'
import { serve } from '../src/vitest-setup.ts'
import { ACCOUNT } from './support/emulator.ts'

const account_id = ACCOUNT
const seeded = createTest({ seed: 'every-status', clock: '2026-01-01T00:00:00Z' })

const tls_dir = mkdtempSync(join(tmpdir(), 'mockflared-'))
const secured = createTest({ listen: true, port: 0, tls: true, tls_port: 0, tls_dir })
afterAll(() => rmSync(tls_dir, { recursive: true }))

describe('a test', () => {
  const seen = new Set<string>()

  test.for(['one', 'another'])('has its own world: %s', async (_which, { cloudflare, world, baseURL }) => {
    await cloudflare.zeroTrust.tunnels.cloudflared.create({ account_id, name: 'blog' })

    const { result } = await cloudflare.zeroTrust.tunnels.cloudflared.list({ account_id })
    expect(result).toMatchObject([{ name: 'blog' }])
    expect(baseURL).toContain(`/w/${world}/client/v4`)
    expect(seen).not.toContain(world)
    seen.add(world)
  })

  test('leaves no world behind', async ({ mockflared }) => {
    expect(await mockflared.control.listWorlds()).toMatchObject([{ id: 'main', tunnels: 0 }])
  })

  test.concurrent.for([1, 2, 3, 4, 5])(
    'may run at the same time as others: %i',
    async (count, { cloudflare, fetch, baseURL }) => {
      for (let index = 0; index < count; index++) {
        await cloudflare.zeroTrust.tunnels.cloudflared.create({ account_id, name: `tunnel-${index}` })
      }
      const response = await fetch(`${baseURL}/accounts/${ACCOUNT}/cfd_tunnel`, {
        headers: { authorization: 'Bearer x' },
      })

      expect(await response.json()).toMatchObject({ result_info: { total_count: count } })
    },
  )

  test('may delete its world', async ({ mockflared, world }) => {
    await expect(mockflared.control.deleteWorld({ id: world })).resolves.toEqual({ done: true })
  })

  test('has the environment variables of its world', ({ env, baseURL }) => {
    expect(env).toMatchObject({ CLOUDFLARE_BASE_URL: baseURL, CLOUDFLARE_API_TOKEN: 'any-token' })
  })
})

describe('a server with TLS', () => {
  secured('adds the variables that make clients trust it', ({ env, baseURL }) => {
    expect(env).toMatchObject({ CLOUDFLARE_BASE_URL: baseURL, NODE_EXTRA_CA_CERTS: join(tls_dir, 'ca.pem') })
  })
})

describe('a seed', () => {
  const own = test.extend({ seed: { tunnels: [{ account_tag: ACCOUNT, name: 'given' }] } })

  own('is the initial state of the world', async ({ control }) => {
    expect((await control.getState()).tunnels).toMatchObject([{ name: 'given' }])
  })
})

describe('createTest', () => {
  seeded('starts a server with its options in each file', async ({ control }) => {
    expect((await control.getState()).tunnels?.length).toBeGreaterThan(1)
    expect(await control.getClock()).toMatchObject({ now: '2026-01-01T00:00:00.000000Z', frozen: true })
  })

  const empty = seeded.extend({ seed: 'empty' })

  empty('lets a test start from an empty state', async ({ control }) => {
    expect((await control.getState()).tunnels).toEqual([])
  })
})

describe('the server of a run', () => {
  it('is provided to the tests and closes after them', async () => {
    const provided: Record<string, { url: string; env: object }> = {}
    const close = await serve({ seed: 'demo' })({
      provide: (key, server) => {
        provided[key] = server
      },
    })
    const { url = '' } = provided.mockflared ?? {}

    expect(provided.mockflared?.env).toMatchObject({ CLOUDFLARE_BASE_URL: `${url}/client/v4` })
    expect((await fetch(`${url}/readyz`)).status).toBe(200)
    await close()
    await expect(fetch(`${url}/readyz`)).rejects.toThrow('fetch failed')
  })

  const runFixture = (variables: Record<string, string> = {}) => {
    const cli = new URL('../node_modules/vitest/vitest.mjs', import.meta.url).pathname
    const root = new URL('vitest-fixture', import.meta.url).pathname
    return promisify(execFile)(execPath, [cli, 'run', '--root', root], { env: { ...env, NO_COLOR: '1', ...variables } })
  }

  it('serves the tests of all files, and logs at the end which behaviours they used', async () => {
    const { stdout } = await runFixture()

    expect(stdout).toMatch(/Tests +2 passed \(2\)/)
    expect(stdout).toContain('mockflared: no assumed behaviour used')
  }, 30_000)

  it('fails a run that used a behaviour that fail_on forbids', async () => {
    const failed = runFixture({ FAIL_ON: 'documented' })

    await expect(failed).rejects.toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/Tests +2 passed \(2\)/),
      stderr: expect.stringContaining('mockflared: fail_on documented: connections_gone'),
    })
  }, 30_000)
})
