/** One connection of a fake connector: a TLS client that serves HTTP/2, as cloudflared does. */
import { once } from 'node:events'
import {
  constants,
  type IncomingHttpHeaders,
  performServerHandshake,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from 'node:http2'
import { json } from 'node:stream/consumers'
import { connect, type TLSSocket } from 'node:tls'
import {
  abortFrame,
  bootstrapFrame,
  createReturnReader,
  finishFrame,
  localConfigurationFrame,
  type Registration,
  type Return,
  registerFrame,
  releaseFrame,
  unregisterFrame,
} from './rpc-client.ts'

/** Where the edge is, and the CA that its certificate must have. */
export interface EdgeAddress {
  readonly port: number
  readonly ca: string
}

/** What the edge asks of a connection, beside its registration. */
export interface ConnectionHandlers {
  /** Everything that has no own handler: requests, websockets, TCP streams. */
  request(stream: ServerHttp2Stream, headers: IncomingHttpHeaders): void
  /** Returns the response to a pushed configuration. */
  configuration(pushed: PushedConfiguration): object
}

export interface PushedConfiguration {
  readonly version: number
  readonly config: unknown
}

interface Handle {
  readStop(): void
  readStart(): void
}

const UPGRADE = 'cf-cloudflared-proxy-connection-upgrade'
const REGISTER_QUESTION = 1

export class FakeConnection {
  readonly index: number
  readonly socket: TLSSocket
  readonly session: ServerHttp2Session
  /** What the edge answered to the registration. */
  answer: Return = { question_id: REGISTER_QUESTION }
  /** Resolves when the TCP connection has ended. */
  readonly closed: Promise<void>
  readonly #waiting = new Map<number, (answer: Return) => void>()
  readonly #handlers: ConnectionHandlers
  #control: ServerHttp2Stream | undefined
  #freezing: NodeJS.Timeout | undefined

  /** Connects without a registration. */
  static async open({ port, ca }: EdgeAddress, index: number, handlers: ConnectionHandlers): Promise<FakeConnection> {
    // cloudflared sends this name, and no ALPN.
    const socket = connect({ host: '127.0.0.1', port, ca, servername: 'h2.cftunnel.com' })
    await once(socket, 'secureConnect')
    return new FakeConnection(socket, index, handlers)
  }

  constructor(socket: TLSSocket, index: number, handlers: ConnectionHandlers) {
    this.socket = socket
    this.index = index
    this.#handlers = handlers
    this.closed = new Promise(resolve =>
      socket.once('close', () => {
        clearInterval(this.#freezing)
        resolve()
      }),
    )
    this.session = performServerHandshake(socket)
    // Connections that are cut are part of most tests.
    socket.on('error', () => undefined)
    this.session.on('error', () => undefined)
    this.session.on('stream', (stream, headers) => this.#accept(stream, headers))
  }

  /** Sends bootstrap and the registration at once. Rejects if the connection ends before the answer. */
  async register(registration: Registration): Promise<Return> {
    const control = await this.controlStream()
    const answer = this.#answerTo(REGISTER_QUESTION)
    control.write(Buffer.concat([bootstrapFrame(), registerFrame(REGISTER_QUESTION, registration)]))
    this.answer = await answer
    control.write(Buffer.concat([finishFrame(0), finishFrame(REGISTER_QUESTION)]))
    return this.answer
  }

  /** The stream that the edge opens first, for RPC. */
  async controlStream(): Promise<ServerHttp2Stream> {
    while (!this.#control) await Promise.race([once(this.session, 'stream'), this.#lost()])
    return this.#control
  }

  /** Sends the configuration of a connector that is not remotely managed. */
  async sendLocalConfiguration(config: object): Promise<void> {
    const control = await this.controlStream()
    control.write(localConfigurationFrame(2, JSON.stringify(config)))
    await this.#answerTo(2)
    control.write(finishFrame(2))
  }

  /** Ends as cloudflared does for SIGTERM. Resolves when the edge has closed the connection. */
  async unregister(): Promise<void> {
    const control = await this.controlStream()
    // Question ids are used again.
    control.write(unregisterFrame(REGISTER_QUESTION))
    await this.#answerTo(REGISTER_QUESTION)
    const last = [finishFrame(REGISTER_QUESTION), releaseFrame(), abortFrame('rpc: shutdown')]
    // Go resets a stream that it answered without reading it to its end.
    control.end(Buffer.concat(last), () => control.close(constants.NGHTTP2_NO_ERROR))
    await this.closed
  }

  /** Cuts the TCP connection, as `kill -9` does. */
  async kill(): Promise<void> {
    this.socket.destroy()
    await this.closed
  }

  /** Reads nothing more, not even pings, as after SIGSTOP. */
  freeze(): void {
    const { readStop } = this.#handle
    readStop()
    // A write that is in progress starts the session reading again when it ends.
    this.#freezing = setInterval(readStop, 1)
  }

  thaw(): void {
    clearInterval(this.#freezing)
    this.#handle.readStart()
  }

  /** The session reads from the handle of the socket, so that pausing the socket stops nothing. */
  get #handle(): Handle {
    const { _handle: handle } = this.socket as unknown as { _handle: Handle | null }
    return { readStop: () => handle?.readStop(), readStart: () => handle?.readStart() }
  }

  #accept(stream: ServerHttp2Stream, headers: IncomingHttpHeaders): void {
    stream.on('error', () => undefined)
    if (headers[UPGRADE] === 'control-stream') this.#startControl(stream)
    else if (headers[UPGRADE] === 'update-configuration') void this.#configure(stream)
    else this.#handlers.request(stream, headers)
  }

  #startControl(stream: ServerHttp2Stream): void {
    this.#control = stream
    stream.respond({ ':status': 200 })
    const returnsOf = createReturnReader()
    stream.on('data', (chunk: Buffer) => {
      for (const answer of returnsOf(chunk)) this.#waiting.get(answer.question_id)?.(answer)
    })
  }

  async #configure(stream: ServerHttp2Stream): Promise<void> {
    const pushed = (await json(stream)) as PushedConfiguration
    stream.respond({ ':status': 200 })
    stream.end(JSON.stringify(this.#handlers.configuration(pushed)))
  }

  async #answerTo(questionId: number): Promise<Return> {
    const answer = new Promise<Return>(resolve => this.#waiting.set(questionId, resolve))
    return Promise.race([answer, this.#lost()])
  }

  async #lost(): Promise<never> {
    await this.closed
    throw new Error('the edge closed the connection')
  }
}
