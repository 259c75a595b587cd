import { describe, expect, it } from 'vitest'
import { ACCOUNT, UNKNOWN_ID } from '../support/emulator.ts'
import { startServer } from '../support/run-command.ts'

function ask(baseURL: string, path = '') {
  return fetch(`${baseURL}/accounts/${ACCOUNT}/cfd_tunnel${path}`, { headers: { authorization: 'Bearer hush' } })
}

describe('report', () => {
  it('prints the used behaviours as text and as JSON', async () => {
    const { run, baseURL } = await startServer()
    await ask(baseURL, `/${UNKNOWN_ID}/token`)
    const { stdout, code } = await run('report', '--json')

    expect(code).toBe(0)
    expect((await run('report')).stdout).toContain('assumed behaviours used:\n  token_not_found: ')
    expect(JSON.parse(stdout)).toMatchObject({ answers: 1, behaviours: [{ id: 'token_not_found', answers: 1 }] })
  })

  it.each([
    ['assumed', '', 0],
    ['documented', '', 1],
    ['assumed', `/${UNKNOWN_ID}/token`, 1],
    ['inferred', `/${UNKNOWN_ID}/connections`, 1],
  ])('--fail-on %s after GET cfd_tunnel%s exits with code %i', async (label, path, expected) => {
    const { run, baseURL } = await startServer()
    await ask(baseURL, path)
    const { code, stdout } = await run('report', '--fail-on', label)

    expect(code).toBe(expected)
    expect(stdout).toMatch(/assumed behaviours? used/)
  })

  it('--fail-on rejects the label recorded, which is no reason to fail', async () => {
    const { run } = await startServer()
    const { code, stderr } = await run('report', '--fail-on', 'recorded')

    expect(code).toBe(1)
    expect(stderr).toContain('use one of documented, client, inferred, assumed')
  })

  it('clear resets the counts', async () => {
    const { run, baseURL } = await startServer()
    await ask(baseURL)

    expect((await run('report', 'clear')).stdout).toBe('cleared 1 response')
    expect((await run('report')).stdout).toBe('no requests yet')
  })
})
