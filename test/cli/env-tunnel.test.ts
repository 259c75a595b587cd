import { describe, expect, it } from 'vitest'
import { run, startServer } from '../support/run-command.ts'

describe('env --tunnel', () => {
  it('without an edge says how to start one', async () => {
    const { run } = await startServer({ seed: ['demo'] })

    expect(await run('env', '--tunnel', 'shop-web')).toEqual({
      code: 1,
      stdout: '',
      stderr: 'mockflared: the edge is off: start the server with --edge-port',
    })
  })

  it('without a server fails, because only a server knows its edge', async () => {
    const { code, stdout, stderr } = await run(['env', '--tunnel', 'blog', '--url', 'http://127.0.0.1:1'])

    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toMatch(/^mockflared: http:\/\/127\.0\.0\.1:1 does not answer/)
  })

  it('is what --account belongs to', async () => {
    expect((await run(['env', '--account', 'a'])).stderr).toBe('mockflared: --account belongs to --tunnel')
  })
})
