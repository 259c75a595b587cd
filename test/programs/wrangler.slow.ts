/** wrangler, as a user who looks at the account and at a tunnel. */
import { resolve } from 'node:path'
import { execPath } from 'node:process'
import { describe, expect, it } from 'vitest'
import { outputOf, run } from '../support/clients/child.ts'
import { startWorld } from '../support/clients/world.ts'
import { temporaryFolder } from '../support/temporary.ts'

const WRANGLER = resolve('test/clients/node_modules/wrangler/bin/wrangler.js')

async function start() {
  const { env, expectNothingLeft } = await startWorld()
  const home = temporaryFolder()
  const variables = { ...env, HOME: home, CI: 'true', WRANGLER_SEND_METRICS: 'false', NO_COLOR: '1' }
  return {
    env,
    expectNothingLeft,
    wrangler: async (...args: readonly string[]) =>
      outputOf(await run(execPath, [WRANGLER, ...args], { env: variables, cwd: home })),
  }
}

describe('wrangler', () => {
  it('tells who you are, and creates, shows and deletes a tunnel', async () => {
    const { env, wrangler, expectNothingLeft } = await start()

    expect(await wrangler('whoami')).toContain(env.CLOUDFLARE_ACCOUNT_ID)
    expect(await wrangler('tunnel', 'create', 'blog')).toContain('Created tunnel.')
    expect(await wrangler('tunnel', 'list')).toContain(' blog ')
    expect(await wrangler('tunnel', 'info', 'blog')).toContain('Status: inactive')
    expect(await wrangler('tunnel', 'delete', 'blog', '--force')).toContain('Tunnel deleted.')
    await expectNothingLeft()
  })
})
