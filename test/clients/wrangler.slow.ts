/** Runs `wrangler tunnel` as a user does. */
import { resolve } from 'node:path'
import { execPath } from 'node:process'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createEmulator, type EmulatorOptions } from '../../src/emulator/emulator.ts'
import { run } from '../support/clients/child.ts'
import { seedOf } from '../support/emulator.ts'
import { temporaryFolder } from '../support/temporary.ts'

const WRANGLER = resolve('test/clients/node_modules/wrangler/bin/wrangler.js')
const ID = 'f70ff985-a4ef-4643-bbbc-4a0ed4fc8415'

async function start(options: EmulatorOptions = {}) {
  const emulator = await createEmulator({ port: 0, ...options })
  onTestFinished(() => emulator.close())
  const home = temporaryFolder()

  const { CLOUDFLARE_API_BASE_URL, CLOUDFLARE_API_TOKEN, CLOUDFLARE_ACCOUNT_ID } = emulator.env
  const env = { CLOUDFLARE_API_BASE_URL, CLOUDFLARE_API_TOKEN, CLOUDFLARE_ACCOUNT_ID, HOME: home, CI: 'true' }
  return {
    control: emulator.control,
    tunnel: (...args: readonly string[]) =>
      run(execPath, [WRANGLER, 'tunnel', ...args], {
        env: { ...env, WRANGLER_SEND_METRICS: 'false', NO_COLOR: '1' },
        cwd: home,
      }),
  }
}

describe('wrangler tunnel', () => {
  it('creates, lists, shows and deletes a tunnel', async () => {
    const { control, tunnel } = await start()

    const created = await tunnel('create', 'blog')
    expect(created).toMatchObject({
      code: 0,
      output: expect.stringMatching(/Created tunnel\.\nID: [\da-f-]{36}\nName: blog/),
    })
    expect((await tunnel('list')).stdout).toMatch(/│ [\da-f-]{36} │ blog │ inactive │ .* │ cfd_tunnel │/)
    expect((await tunnel('info', 'blog')).stdout).toMatch(/Name: blog\n {2}Status: inactive\n {2}Type: cfd_tunnel/)
    expect(await tunnel('delete', 'blog', '--force')).toMatchObject({
      code: 0,
      output: expect.stringContaining('Tunnel deleted.'),
    })
    expect((await tunnel('list')).output).not.toContain('blog')

    const entries = await control.listRequests()
    expect(entries.flatMap(({ unread }) => unread)).toEqual([])
    expect(entries.find(({ method }) => method === 'DELETE')).toMatchObject({
      headers: { 'content-type': 'application/json' },
      body: null,
      status: 200,
    })
  })

  it('prints the error of the API', async () => {
    const { tunnel } = await start({ seed: seedOf({ id: ID, name: 'blog', connectors: [{}] }) })

    const outcomes = [
      [await tunnel('create', 'blog'), 'You already have a tunnel with this name'],
      [await tunnel('delete', ID, '--force'), 'This tunnel has active connections'],
      [await tunnel('info', ID.replace('f', '0')), 'Tunnel not found'],
    ] as const
    for (const [{ code, output }, text] of outcomes) {
      expect(output).toContain(text)
      expect(code).toBe(1)
    }
  })

  it('shows the status of a running tunnel', async () => {
    const { tunnel } = await start({ seed: seedOf({ id: ID, name: 'blog', connectors: [{}] }) })

    expect((await tunnel('info', 'blog')).stdout).toContain(`ID: ${ID}\n  Name: blog\n  Status: healthy`)
  })
})
