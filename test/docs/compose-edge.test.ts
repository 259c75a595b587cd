/**
 * Runs the services of examples/edge/compose.yaml without containers: as processes on one machine,
 * with their addresses replaced. Where CLOUDFLARED_BIN is not set, a program stands for cloudflared.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { env, execPath } from 'node:process'
import { text } from 'node:stream/consumers'
import { describe, expect, it, onTestFinished } from 'vitest'
import { parse } from 'yaml'
import { resolveSettings } from '../../src/config/resolve.ts'
import { createEmulator } from '../../src/emulator/emulator.ts'
import { freePort } from '../support/edge/process.ts'
import { commandFolder } from '../support/page-blocks.ts'
import { temporaryFolder } from '../support/temporary.ts'

interface Service {
  readonly command: string | readonly string[]
  readonly environment: Readonly<Record<string, string>>
  readonly volumes: readonly string[]
  readonly depends_on: object
  readonly networks: Readonly<Record<string, { readonly aliases: readonly string[] }>>
}

interface Compose {
  readonly services: Readonly<Record<'mockflared' | 'cloudflared' | 'origin' | 'client', Service>>
  readonly networks: object
}

const FILE = 'examples/edge/compose.yaml'

function read(file: string, replaced: Readonly<Record<string, string>> = {}): Compose {
  return parse(withReplaced(readFileSync(file, 'utf8'), replaced))
}

function withReplaced(content: string, replaced: Readonly<Record<string, string>>): string {
  return Object.entries(replaced).reduce((result, [from, to]) => result.replaceAll(from, to), content)
}

describe(FILE, () => {
  const { services, networks } = read(FILE)

  it('has a network that leads nowhere else', () => {
    expect(networks).toEqual({ default: { internal: true } })
  })

  it('starts cloudflared when mockflared is healthy', () => {
    expect(services.cloudflared.depends_on).toEqual({ mockflared: { condition: 'service_healthy' } })
  })

  it('mounts the CA where cloudflared reads it', () => {
    const { volumes, environment } = services.cloudflared
    const [, dir = ''] = /MOCKFLARED_EDGE_DIR=(\S+)/.exec(readFileSync('Dockerfile', 'utf8')) ?? []

    expect(services.mockflared.volumes).toContain('mockflared:/data')
    expect(volumes).toEqual(['mockflared:/mockflared:ro'])
    expect(environment.TUNNEL_CACERT).toBe(`${dir.replace('/data', '/mockflared')}/ca.pem`)
  })

  it('has services that lead the request of the client through the tunnel', async () => {
    const [edge, gateway, port] = await Promise.all([freePort(), freePort(), freePort()])
    const edge_dir = temporaryFolder()
    const ours = {
      'mockflared:7844': `127.0.0.1:${edge}`,
      '"7844"': `"${edge}"`,
      '"8080"': `"${gateway}"`,
      ':8080': `:${gateway}`,
      'origin:3000': `127.0.0.1:${port}`,
      'listen(3000)': `listen(${port})`,
      '/mockflared/tls': edge_dir,
    }
    const { mockflared, cloudflared, origin, client } = read(FILE, ours).services
    const [name = ''] = mockflared.volumes[0]?.split(':') ?? []
    const seed = JSON.parse(withReplaced(readFileSync(join(dirname(FILE), name), 'utf8'), ours))
    const { options } = resolveSettings({ flag: () => undefined, environment: mockflared.environment })
    const emulator = await createEmulator({ ...options, port: 0, edge_dir, seed: [seed] })
    onTestFinished(() => emulator.close())

    const start = (command: readonly string[], environment: NodeJS.ProcessEnv = {}) => {
      const [program = '', ...args] = command
      const child = spawn(program, args, {
        env: { ...environment, PATH: `${commandFolder()}:${dirname(execPath)}:${env.PATH}` },
        stdio: ['ignore', 'pipe', 'ignore'],
      })
      onTestFinished(() => void child.kill('SIGKILL'))
      return child
    }
    start([...origin.command])
    expect(cloudflared.environment).toEqual(await emulator.envOf('shop'))
    start(['cloudflared', ...String(cloudflared.command).split(' ')], cloudflared.environment)
    const [alias = ''] = mockflared.networks.default?.aliases ?? []
    const visit = start([
      'curl',
      '--silent',
      '--connect-to',
      `${alias}:${gateway}:127.0.0.1:${gateway}`,
      ...client.command,
    ])

    expect(await text(visit.stdout)).toBe('hello from the origin\n')
    if (visit.exitCode === null) await once(visit, 'exit')
    expect(visit.exitCode).toBe(0)
  })
})
