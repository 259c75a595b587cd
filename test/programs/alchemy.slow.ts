/** Alchemy, with a tunnel, its DNS record, and an Access application in front of it. */
import { execPath } from 'node:process'
import { describe, expect, it } from 'vitest'
import type { StateAccountAccess } from '../../schemas/state-access.ts'
import { outputOf, run } from '../support/clients/child.ts'
import { projectFrom } from '../support/clients/project.ts'
import { startWorld } from '../support/clients/world.ts'

async function start() {
  const { env, control, dnsRecords, expectNothingLeft } = await startWorld()
  const project = projectFrom('test/programs/alchemy')
  const variables = {
    ...env,
    HOME: project,
    NO_COLOR: '1',
    ALCHEMY_PASSWORD: 'secret',
    ALCHEMY_TELEMETRY_DISABLED: '1',
    ALCHEMY_CI_STATE_STORE_CHECK: 'false',
  }
  return {
    expectNothingLeft,

    /** What it did to each resource, without repetition. */
    alchemy: async (BLOG_HOSTNAME: string, ...args: readonly string[]) => {
      const options = { env: { ...variables, BLOG_HOSTNAME }, cwd: project }
      const output = outputOf(await run(execPath, ['alchemy.run.mjs', ...args], options))
      return new Set([...output.matchAll(/^\[(created|updated|skipped|deleted)\]/gm)].map(([, verb]) => verb))
    },

    /** The hostname in each place where it must be. */
    published: async () => {
      const { tunnels: [tunnel] = [], ...state } = await control.getState()
      const [access] = (state as { access: StateAccountAccess[] }).access
      return {
        rule: tunnel?.configurations?.at(-1)?.config.ingress?.[0]?.hostname,
        records: (await dnsRecords())
          .filter(({ content }) => content === `${tunnel?.id}.cfargotunnel.com`)
          .map(({ name }) => name),
        applications: access?.applications?.map(({ domain }) => domain),
      }
    },
  }
}

const at = (hostname: string) => ({ rule: hostname, records: [hostname], applications: [hostname] })

describe('Alchemy', () => {
  it('publishes a hostname behind Access, moves it and takes it down', async () => {
    const { alchemy, published, expectNothingLeft } = await start()

    expect(await alchemy('blog.example.com')).toEqual(new Set(['created']))
    expect(await published()).toEqual(at('blog.example.com'))

    expect(await alchemy('www.example.com')).toEqual(new Set(['updated', 'skipped']))
    expect(await published()).toEqual(at('www.example.com'))
    expect(await alchemy('www.example.com')).toEqual(new Set(['skipped']))

    expect(await alchemy('www.example.com', '--destroy')).toEqual(new Set(['deleted']))
    await expectNothingLeft(['body.reusable'])
  })
})
