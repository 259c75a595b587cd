import { describe, expect, it } from 'vitest'
import { startServer } from '../support/run-command.ts'

describe('tunnels', () => {
  it('lists name, status, connectors, hostnames and versions', async () => {
    const { run } = await startServer({ seed: ['demo'] })
    const [headings, ...rows] = (await run('tunnels')).stdout.split('\n')

    expect(headings).toMatch(/^NAME +STATUS +CONNECTORS +HOSTNAMES +CONFIGURATION +CLOUDFLARED +ID$/)
    expect(rows).toContainEqual(
      expect.stringMatching(
        /^shop-web +healthy +\d +shop\.alpine-outdoor\.example www\.alpine-\S+( \+\d)? +version \d+ +\d/,
      ),
    )
    expect(rows).toContainEqual(expect.stringMatching(/ inactive +0 +- +/))
  })

  it('prints JSON with --json', async () => {
    const { run, control } = await startServer({ seed: ['demo'] })

    expect(JSON.parse((await run('tunnels', '--json')).stdout)).toEqual(await control.listTunnels())
  })

  it('says that there are none', async () => {
    const { run } = await startServer()

    expect((await run('tunnels')).stdout).toBe('no tunnels')
  })
})
