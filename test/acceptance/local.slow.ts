/** A local tunnel: cloudflared brings its own configuration. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect } from 'vitest'
import { check, within } from '../support/edge/check.ts'
import { tunnelEnvironment } from '../support/edge/cloudflared.ts'
import { ask } from '../support/edge/gateway-client.ts'
import { expectStatus } from '../support/edge/serving.ts'
import { ACCOUNT } from '../support/emulator.ts'

describe('local tunnel', () => {
  check('16 reports its configuration, and takes a remote one', async ({ stage, saw }) => {
    const server = await stage.server()
    const origin = await stage.origin('local origin')
    const tunnel = await server.createTunnel('local', { config_src: 'local' })
    const credentials = join(stage.folder, 'credentials.json')
    const config = join(stage.folder, 'config.yml')
    writeFileSync(credentials, JSON.stringify(tunnel.credentials_file))
    writeFileSync(
      config,
      [
        `tunnel: ${tunnel.id}`,
        `credentials-file: ${credentials}`,
        'ingress:',
        '  - hostname: local.example.com',
        `    service: ${origin.url}`,
        '  - service: http_status:404',
        '',
      ].join('\n'),
    )
    const cloudflared = stage.cloudflared(tunnelEnvironment(server), ['tunnel', '--config', config, 'run'])
    await expectStatus(server, tunnel.id, 'healthy')

    const address = { account_id: ACCOUNT, tunnel_id: tunnel.id }
    const [reported, ...others] = await server.control.listConfigurations(address)
    expect(others).toEqual([])
    expect(reported).toMatchObject({ source: 'local', config: { ingress: [{ hostname: 'local.example.com' }, {}] } })
    expect(await server.api('GET', `/cfd_tunnel/${tunnel.id}/configurations`)).toMatchObject({
      status: 200,
      result: { tunnel_id: tunnel.id, source: 'local' },
    })
    expect(await ask(server.gateway, { hostname: 'local.example.com' })).toMatchObject({ text: 'local origin' })

    const version = await server.configure(tunnel.id, { hostname: 'remote.example.com', service: origin.url })
    const seconds = await within(3_000, async () => {
      expect(JSON.stringify((await cloudflared.config()).config)).toContain('remote.example.com')
    })
    expect(await ask(server.gateway, { hostname: 'remote.example.com' })).toMatchObject({ text: 'local origin' })
    saw(
      `reported once, source local; serves it; PUT (version ${version}) taken by the running process after ${seconds}`,
    )
  })
})
