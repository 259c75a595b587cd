/** One request of a visitor, whatever the version of HTTP in which it came. */
import type { Duplex, Readable, Writable } from 'node:stream'
import type { Header, RequestHead } from './headers.ts'

/** The part of a visit that depends on the version of HTTP. */
export interface Exchange {
  /** Undefined for a request without a body. */
  readonly body: Readable | undefined
  /** Sends the head. Throws for headers that HTTP forbids; then nothing is sent. */
  readonly begin: (status: number, headers: readonly Header[]) => ResponseBody
  /** Agrees to a websocket: from now on, its bytes. Undefined for a request that wants none. */
  readonly switchToWebsocket: ((headers: readonly Header[]) => Duplex) | undefined
  /** Ends the response so that the visitor can tell that it is not whole. */
  readonly abort: () => void
  /** Calls the listener once, with whether the visitor was sent the whole response. */
  readonly onClose: (listener: (isComplete: boolean) => void) => void
  readonly isClosed: () => boolean
}

interface ResponseBody {
  readonly writable: Writable
  /** Call it before the end. Those that HTTP forbids are left out. */
  readonly addTrailers: (trailers: readonly Header[]) => void
}

export interface Visit extends RequestHead {
  readonly exchange: Exchange
  /** Sends a whole response. Does nothing if the visitor has left. */
  readonly answer: (answer: Answer) => void
  /** Sends the head of a response, and returns where its body goes. Throws for invalid headers. */
  readonly begin: (status: number, headers: readonly Header[]) => ResponseBody
  /** Agrees to a websocket, and returns its bytes. Undefined if the visitor cannot have one. */
  readonly switchToWebsocket: (headers: readonly Header[]) => Duplex | undefined
  /** The status that was sent. */
  readonly status: () => number | undefined
  /** Cut the response after this number of bytes. */
  cut_after_bytes?: number
}

export interface Answer {
  readonly status: number
  readonly headers?: readonly Header[]
  /** The type of content is `text/plain`, if the headers name none. */
  readonly body?: string
}

export function createVisit(head: RequestHead, exchange: Exchange): Visit {
  let status: number | undefined

  /** (documented: edge_ray) */
  const withRay = (headers: readonly Header[]): readonly Header[] => [
    ...headers.filter(([name]) => name.toLowerCase() !== RAY),
    [RAY, head.ray],
  ]
  const begin = (code: number, headers: readonly Header[]): ResponseBody => {
    const body = exchange.begin(code, withRay(headers))
    status = code
    return body
  }
  return {
    ...head,
    exchange,
    begin,
    switchToWebsocket: headers => {
      const socket = exchange.switchToWebsocket?.(withRay(headers))
      if (socket) status = 101
      return socket
    },
    answer: ({ status: code, headers = [], body = '' }) => {
      if (exchange.isClosed()) return
      const type: Header[] = headers.some(([name]) => name === 'content-type') ? [] : [['content-type', TEXT]]
      const length: Header = ['content-length', String(Buffer.byteLength(body))]
      begin(code, [...type, ...headers, length]).writable.end(body)
    },
    status: () => status,
  }
}

const RAY = 'cf-ray'
const TEXT = 'text/plain; charset=utf-8'
