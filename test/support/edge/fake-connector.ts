/** A connector for tests: it registers, takes configurations and serves requests as cloudflared does. */
import { randomUUID } from 'node:crypto'
import type { IncomingHttpHeaders, ServerHttp2Stream } from 'node:http2'
import { type EdgeAddress, FakeConnection, type PushedConfiguration } from './fake-connection.ts'
import { responseHead } from './packed-headers.ts'
import type { Registration } from './rpc-client.ts'

export interface FakeConnectorOptions extends EdgeAddress {
  /** The tunnel token, as the API returns it. */
  readonly token: string
  /** The id of the connector; by default a new one. */
  readonly id?: string
  readonly version?: string
  readonly features?: readonly string[]
  /** Serves a request. By default the response is 200 with the id of the connector. */
  readonly onRequest?: (stream: ServerHttp2Stream, headers: IncomingHttpHeaders, connection: number) => void
  /** Whether cloudflared would refuse a configuration. By default it accepts all. */
  readonly refuses?: (config: unknown) => boolean
}

export class FakeConnector {
  readonly id: string
  readonly connections: FakeConnection[] = []
  /** All that were pushed, in order, also those that were refused or not newer; without probes. */
  readonly pushes: PushedConfiguration[] = []
  /** The newest one that it took; version -1 is none. */
  configuration: PushedConfiguration = { version: -1, config: undefined }
  readonly #options: FakeConnectorOptions

  constructor(options: FakeConnectorOptions) {
    this.#options = options
    this.id = options.id ?? randomUUID()
  }

  /** Opens and registers one connection. Rejects with the cause if the edge refuses it. */
  async connect(index = this.#freeIndex()): Promise<FakeConnection> {
    const connection = await this.open(index)
    const { refusal } = await connection.register(this.registration(index))
    if (refusal) throw new Error(refusal.cause)
    this.connections.push(connection)
    void connection.closed.then(() => this.connections.splice(this.connections.indexOf(connection), 1))
    return connection
  }

  /** Opens and registers as many connections as cloudflared does. */
  async connectAll(count = 4): Promise<readonly FakeConnection[]> {
    return Promise.all(Array.from({ length: count }, (_, index) => this.connect(index)))
  }

  /** Opens a connection that is not registered. */
  open(index: number): Promise<FakeConnection> {
    return FakeConnection.open(this.#options, index, {
      request: (stream, headers) => this.#serve(stream, headers, index),
      configuration: pushed => this.#take(pushed),
    })
  }

  /** What `connect` sends. */
  registration(index: number): Registration {
    const { a, t, s } = JSON.parse(Buffer.from(this.#options.token, 'base64').toString())
    const { version = '2026.8.2', features = ['allow_remote_config', 'serialized_headers'] } = this.#options
    return {
      connection_index: index,
      account_tag: a,
      tunnel_id: t,
      tunnel_secret: Buffer.from(s, 'base64'),
      replace_existing: false,
      previous_attempts: 0,
      origin_ip: '127.0.0.1',
      client: { id: this.id, features, version, arch: 'linux_amd64' },
    }
  }

  /** Ends as cloudflared does for SIGTERM. */
  async stop(): Promise<void> {
    await Promise.all([...this.connections].map(connection => connection.unregister()))
  }

  /** Ends as cloudflared does for SIGKILL. */
  async kill(): Promise<void> {
    await Promise.all([...this.connections].map(connection => connection.kill()))
  }

  #freeIndex(): number {
    const used = this.connections.map(connection => connection.index)
    let index = 0
    while (used.includes(index)) index++
    return index
  }

  #serve(stream: ServerHttp2Stream, headers: IncomingHttpHeaders, index: number): void {
    const { onRequest } = this.#options
    if (onRequest) {
      onRequest(stream, headers, index)
      return
    }
    stream.resume()
    stream.respond(responseHead(200, [['content-type', 'text/plain']]))
    stream.end(this.id)
  }

  /** A version that is not newer changes nothing, and is no error. */
  #take(pushed: PushedConfiguration): object {
    const isNewer = pushed.version > this.configuration.version
    const isRefused = isNewer && this.#options.refuses?.(pushed.config) === true
    if (isNewer && !isRefused) this.configuration = pushed
    if (pushed.version >= 0) this.pushes.push(pushed)
    // A Go error becomes an empty object.
    return { lastAppliedVersion: this.configuration.version, err: isRefused ? {} : null }
  }
}
