import { describe, expect, it } from 'vitest'
import { startServer } from '../support/run-command.ts'

describe('world', () => {
  it('create prints the variables for the new world, for eval', async () => {
    const { run, url, control } = await startServer({ seed: ['demo'] })
    const { stdout } = await run('world', 'create')
    const [, { id = '' } = {}] = await control.listWorlds()

    expect(stdout.split('\n')).toEqual([
      `# world ${id}; delete it with: mockflared world delete ${id}`,
      `export CLOUDFLARE_BASE_URL=${url}/w/${id}/client/v4`,
      expect.stringContaining('export CLOUDFLARE_API_BASE_URL='),
      expect.stringContaining('export CLOUDFLARE_API_URL='),
      expect.stringContaining('export TUNNEL_API_URL='),
      'export CLOUDFLARE_ACCOUNT_ID=0d3a5c1e8b7f4a2996e1c47d5b80f3a2',
      'export CLOUDFLARE_API_TOKEN=any-token',
    ])
  })

  it('create, list and delete a world with an id', async () => {
    const { run } = await startServer({ seed: ['demo'] })
    const created = JSON.parse((await run('world', 'create', 'job-1', '--from', 'empty', '--json')).stdout)

    expect(created).toMatchObject({ id: 'job-1', tunnels: 0, env: { CLOUDFLARE_BASE_URL: created.base_url } })
    expect((await run('worlds')).stdout).toMatch(
      /^main {3}\d+ tunnels .*\njob-1 {2}0 tunnels .*\/w\/job-1\/client\/v4$/,
    )
    expect((await run('world', 'delete', 'job-1')).stdout).toBe('deleted job-1')
    expect((await run('world', 'delete', 'job-1')).stderr).toBe('mockflared: there is no world job-1: it was deleted')
  })

  it('create with --reuse takes a world that exists, as it is', async () => {
    const { run } = await startServer({ seed: ['demo'] })
    const create = async (...flags: string[]) => run('world', 'create', 'job-1', '--json', ...flags)
    await create('--from', 'empty', '--reuse')

    expect(JSON.parse((await create('--reuse')).stdout)).toMatchObject({ id: 'job-1', tunnels: 0, from: 'empty' })
    expect((await create()).stderr).toBe('mockflared: there is a world job-1 already: delete, reset or reuse it')
  })
})
