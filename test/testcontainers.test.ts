/**
 * `mockflared/testcontainers` without a container engine: the settings of a container, and a
 * started one on a local server.
 */
import { readFileSync } from 'node:fs'
import Cloudflare from 'cloudflare'
import { AbstractStartedContainer, GenericContainer, type StartedTestContainer } from 'testcontainers'
import { describe, expect, it, onTestFinished } from 'vitest'
import { type OptionName, variableOf } from '../src/config/options.ts'
import { parseOption } from '../src/config/parse-options.ts'
import { createEmulator } from '../src/emulator/emulator.ts'
import { MockflaredContainer, StartedMockflaredContainer } from '../src/testcontainers.ts'
import { ACCOUNT, seedOf } from './support/emulator.ts'

/** Gives access to the settings of a container. */
class Shown extends MockflaredContainer {
  shown = () => ({
    image: this.imageName.string,
    ports: this.exposedPorts,
    environment: this.environment,
    files: this.filesToCopy,
    contents: this.contentsToCopy,
  })
}

describe('MockflaredContainer', () => {
  it('exposes its port and has its own control token', () => {
    const { image, ports, environment } = new Shown().shown()

    expect(new Shown()).toBeInstanceOf(GenericContainer)
    expect({ image, ports }).toEqual({ image: 'mockflared:latest', ports: [8844] })
    expect(environment).toMatchObject({ MOCKFLARED_HOST: '0.0.0.0', MOCKFLARED_PORT: '8844' })
    expect(environment.MOCKFLARED_CONTROL_TOKEN).toMatch(/^[\w-]{36}$/)
    expect(environment.MOCKFLARED_CONTROL_TOKEN).not.toBe(new Shown().shown().environment.MOCKFLARED_CONTROL_TOKEN)
  })

  it('takes the name of an image', () => {
    expect(new Shown('registry.test/mockflared:1.2.3').shown().image).toBe('registry.test/mockflared:1.2.3')
  })

  it('takes seeds by name, by file and as a state', () => {
    const state = { tunnels: [{ account_tag: ACCOUNT, name: 'blog' }] }
    const { environment, files, contents } = new Shown().withSeed('demo').withSeed('mine.json').withSeed(state).shown()

    expect(environment.MOCKFLARED_SEED).toBe('demo,/mockflared-seeds/2.json,/mockflared-seeds/3.json')
    expect(files).toEqual([{ source: `${process.cwd()}/mine.json`, target: '/mockflared-seeds/2.json' }])
    expect(contents).toEqual([{ content: JSON.stringify(state), target: '/mockflared-seeds/3.json' }])
  })

  it('withEdge turns on the edge on known ports', () => {
    const { ports, environment } = new Shown().withEdge().shown()
    const read = (name: OptionName) => parseOption(name, [environment[variableOf(name)] ?? ''])

    expect(ports).toEqual([8844, 7844, 8080])
    expect([read('edge_port'), read('gateway_port')]).toEqual([7844, 8080])
  })

  it('passes options as the environment variables of the command', () => {
    const options = { clock: '2026-01-01T00:00:00Z', rate_limit: true, max_worlds: 5 }
    const { environment } = new Shown().withOptions(options).withOptions({ behaviour: '2025-11-30' }).shown()
    const read = (name: OptionName) => parseOption(name, [environment[variableOf(name)] ?? ''])

    expect(read('clock')).toBe(options.clock)
    expect(read('rate_limit')).toBe(true)
    expect(read('max_worlds')).toBe(5)
    expect(read('behaviour')).toBe('2025-11-30')
  })
})

describe('StartedMockflaredContainer', () => {
  const start = async () => {
    const options = { port: 0, control_token: 'made-up', edge_port: 0 }
    const emulator = await createEmulator({ ...options, seed: ['every-status', ...seedOf({ name: 'blog' })] })
    onTestFinished(() => emulator.close())
    const ports: Record<number, string> = { 8844: new URL(emulator.url).port, 8080: new URL(emulator.gatewayURL).port }
    const engine = { getHost: () => '127.0.0.1', getMappedPort: (inside: number) => Number(ports[inside]) }
    const container = new StartedMockflaredContainer(engine as unknown as StartedTestContainer, 'made-up')
    return { emulator, container }
  }

  it('returns its addresses and variables', async () => {
    const { emulator, container } = await start()

    expect(container).toBeInstanceOf(AbstractStartedContainer)
    expect(container.getUrl()).toBe(emulator.url)
    expect(container.getBaseUrl()).toBe(emulator.baseURL)
    expect(container.getBaseUrl('4a1b')).toBe(`${emulator.url}/w/4a1b/client/v4`)
    expect(container.getEnv()).toEqual(emulator.env)
  })

  it('returns the variables for cloudflared in another container', async () => {
    const { emulator, container } = await start()
    const { TUNNEL_TOKEN } = await emulator.envOf('blog')

    expect(await container.getCloudflaredEnvironment('blog', 'mockflared')).toEqual({
      TUNNEL_TOKEN,
      TUNNEL_EDGE: 'mockflared:7844,mockflared:7844,mockflared:7844,mockflared:7844',
      TUNNEL_CACERT: '/mockflared/ca.pem',
      TUNNEL_TRANSPORT_PROTOCOL: 'http2',
      NO_AUTOUPDATE: 'true',
      TUNNEL_NO_PRECHECKS: 'true',
      TUNNEL_METRICS: '0.0.0.0:20241',
    })
  })

  it('returns the CA of its edge and the address of its gateway', async () => {
    const { emulator, container } = await start()

    expect(await container.getCertificate()).toBe(readFileSync(emulator.edgeCaFile, 'utf8'))
    expect(container.getGatewayUrl()).toBe(emulator.gatewayURL)
  })

  it('serves the SDK and the control plane of each world', async () => {
    const { container } = await start()
    const { id } = await container.getControl().createWorld({ from: 'empty' })
    const { tunnels } = new Cloudflare({ apiToken: 'any', baseURL: container.getBaseUrl(id) }).zeroTrust
    await tunnels.cloudflared.create({ account_id: ACCOUNT, name: 'blog' })

    expect((await container.getControl(id).getState()).tunnels).toMatchObject([{ name: 'blog' }])
    expect((await container.getControl().getState()).tunnels?.length).toBeGreaterThan(1)
  })
})
