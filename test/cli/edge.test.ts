/** `mockflared edge`. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { startServer } from '../support/run-command.ts'

describe('edge', () => {
  it('shows addresses, and accepts or refuses connectors', async () => {
    const { run, control } = await startServer({ edge_port: 0 })
    const { address, ca_path } = await control.getEdge()

    expect((await run('edge')).stdout.split('\n')).toEqual([
      `edge           ${address}`,
      expect.stringMatching(/^gateway {8}http:/),
      `CA             ${ca_path}`,
      'connections    0',
      'registrations  accepted',
    ])
    expect((await run('edge', 'refuse')).stdout).toContain('registrations  refused')
    expect(JSON.parse((await run('edge', 'accept', '--json')).stdout)).toMatchObject({ accepts: true })
  })

  it('prints the certificate', async () => {
    const { run, control } = await startServer({ edge_port: 0 })
    const { ca_path } = await control.getEdge()

    expect(`${(await run('edge', 'ca')).stdout}\n`).toBe(readFileSync(ca_path, 'utf8'))
  })

  it('adds, lists and removes faults', async () => {
    const { run } = await startServer({ edge_port: 0 })
    const rule = JSON.stringify({ conn_index: 1, effect: { corrupt_frame: true } })

    expect((await run('edge', 'faults')).stdout).toBe('no faults')
    expect((await run('edge', 'faults', 'add', 'flapping')).stdout).toBe(
      'edge-fault-1  {"drop_connection":{"after_ms":5000}}  no conditions  acted on 0 of 0 matches',
    )
    expect((await run('edge', 'faults', 'add', rule)).stdout).toMatch(/^edge-fault-2 .*\{"conn_index":1\}/)
    expect((await run('edge', 'fault', 'rm', 'edge-fault-1')).stdout).toContain('edge-fault-1')
    expect((await run('edge', 'faults', 'remove', 'edge-fault-1')).stderr).toBe(
      'mockflared: there is no fault edge-fault-1 of the edge',
    )
    expect((await run('edge', 'faults', 'clear')).stdout).toContain('edge-fault-2')
  })

  it('lists and clears requests', async () => {
    const { run, control } = await startServer({ edge_port: 0 })
    const list = async (...flags: string[]) => (await run('edge', 'requests', ...flags)).stdout
    const { gateway_url } = await control.getEdge()
    // No tunnel serves an address.
    await fetch(`${gateway_url}/nowhere`)

    await expect.poll(() => list('--status', '530')).toContain('/nowhere')
    expect(await list('--before', '2')).toContain('/nowhere')
    expect(await list('--before', '1')).toBe('no requests')
    expect(await list('clear')).toBe('cleared 1 request')
  })

  it('fails with a server without an edge', async () => {
    const { run } = await startServer()

    expect(await run('edge')).toMatchObject({
      code: 1,
      stderr: 'mockflared: the edge is off: start the server with --edge-port',
    })
  })
})
