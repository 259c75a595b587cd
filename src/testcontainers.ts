/** `mockflared/testcontainers`: mockflared in a container, like the modules of Testcontainers. */
import { randomUUID } from 'node:crypto'
import { resolve } from 'node:path'
import { AbstractStartedContainer, GenericContainer, type StartedTestContainer, Wait } from 'testcontainers'
import type { Control } from '../schemas/control/control.ts'
import { findTunnel } from '../schemas/control/find-tunnel.ts'
import { BUNDLED_SEEDS, type Options, type OtherSpellings } from '../schemas/options.ts'
import type { State } from '../schemas/state.ts'
import { createControlClient } from './client.ts'
import { baseURLOf, environmentFor } from './config/client-env.ts'
import { connectorEnvironment } from './config/connector-env.ts'
import { variableOf } from './config/options.ts'

/** The port inside the container. */
const PORT = 8844

/** Where cloudflared connects inside the container, with `withEdge`. */
const EDGE_PORT = 7844

/** Where visitors connect inside the container, with `withEdge`. */
const GATEWAY_PORT = 8080

/** The image of cloudflared has no file there. */
const CLOUDFLARED_CA = '/mockflared/ca.pem'

/** The one that cloudflared's own image would choose, but for all addresses. */
const CLOUDFLARED_METRICS = '0.0.0.0:20241'

/** The image does not load this folder by itself: the options name each file in it. */
const SEED_FOLDER = '/mockflared-seeds'

/**
 * The container sets addresses and control plane itself: only this process has its control token.
 */
export type ContainerOptions = OtherSpellings &
  Partial<
    Omit<
      Options,
      | 'host'
      | 'port'
      | 'seed'
      | 'control'
      | 'control_port'
      | 'control_token'
      | 'edge_port'
      | 'gateway_port'
      | 'edge_dir'
    >
  >

export class MockflaredContainer extends GenericContainer {
  readonly #controlToken = randomUUID()
  readonly #seeds: string[] = []

  constructor(image = 'mockflared') {
    super(image)
    this.withExposedPorts(PORT)
      .withWaitStrategy(Wait.forHttp('/readyz', PORT).forStatusCode(200))
      .withEnvironment({
        MOCKFLARED_HOST: '0.0.0.0',
        MOCKFLARED_PORT: String(PORT),
        MOCKFLARED_CONTROL_TOKEN: this.#controlToken,
      })
  }

  /** The name of a bundled seed, the path of a file on this machine, or a state. Repeatable. */
  withSeed(seed: string | State): this {
    return this.#withNamedSeed(BUNDLED_SEEDS.some(name => name === seed) ? String(seed) : this.#copied(seed))
  }

  /** The options of the command, under their names in the library. */
  withOptions(options: ContainerOptions): this {
    for (const [spelling, value] of Object.entries(options)) {
      if (value !== undefined) this.withEnvironment({ [variableOf(spelling)]: String(value) })
    }
    return this
  }

  /** Turns on the edge, so that a cloudflared in another container can connect. */
  withEdge(): this {
    return this.withExposedPorts(EDGE_PORT, GATEWAY_PORT).withEnvironment({
      [variableOf('edge_port')]: String(EDGE_PORT),
      [variableOf('gateway_port')]: String(GATEWAY_PORT),
    })
  }

  override async start(): Promise<StartedMockflaredContainer> {
    return new StartedMockflaredContainer(await super.start(), this.#controlToken)
  }

  #withNamedSeed(name: string): this {
    this.#seeds.push(name)
    return this.withEnvironment({ [variableOf('seed')]: this.#seeds.join(',') })
  }

  /** Returns the path of the copy in the container. */
  #copied(seed: string | State): string {
    const target = `${SEED_FOLDER}/${this.#seeds.length + 1}.json`
    if (typeof seed === 'string') this.withCopyFilesToContainer([{ source: resolve(seed), target }])
    else this.withCopyContentToContainer([{ content: JSON.stringify(seed), target }])
    return target
  }
}

export class StartedMockflaredContainer extends AbstractStartedContainer {
  readonly #controlToken: string

  constructor(container: StartedTestContainer, controlToken: string) {
    super(container)
    this.#controlToken = controlToken
  }

  /** The address of the container from this machine, without a slash at the end. */
  getUrl(): string {
    return `http://${this.getHost()}:${this.getMappedPort(PORT)}`
  }

  /** The base URL of a world for an SDK; by default of the main world. */
  getBaseUrl(world?: string): string {
    return baseURLOf(this.getUrl(), world)
  }

  /** The control plane of a world; by default of the main world. */
  getControl(world?: string): Control {
    return createControlClient({ url: this.getUrl(), world, token: this.#controlToken })
  }

  /** The variables that point programs on this machine at the container. */
  getEnv(): Record<string, string> {
    return environmentFor({ url: this.getUrl() })
  }

  /** The address of the gateway from this machine: visitors of tunnels connect there. */
  getGatewayUrl(): string {
    return `http://${this.getHost()}:${this.getMappedPort(GATEWAY_PORT)}`
  }

  /** The CA of the edge, as PEM. Copy it into the container of cloudflared, to `TUNNEL_CACERT`. */
  getCertificate(): Promise<string> {
    return this.getControl().getEdgeCertificate()
  }

  /**
   * The variables with which cloudflared in another container runs a tunnel, by its name or id.
   * `alias` is the name of this container on a network that both are in.
   */
  async getCloudflaredEnvironment(tunnel: string, alias: string): Promise<Record<string, string>> {
    const control = this.getControl()
    const { env } = await control.getTunnelRun(await findTunnel(control, tunnel))
    const address = `${alias}:${EDGE_PORT}`
    return {
      ...connectorEnvironment({ address, ca_path: CLOUDFLARED_CA, token: env.TUNNEL_TOKEN ?? '' }),
      // So that the engine can ask for /ready.
      TUNNEL_METRICS: CLOUDFLARED_METRICS,
    }
  }
}
