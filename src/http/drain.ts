import type { Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

/** The answers of a server that are on their way. */
export interface Traffic {
  /** Those on a connection, in order. */
  readonly answersOn: (socket: Socket) => readonly ServerResponse[]
  /** Ends when all of them are over: no connection is kept for another request, and none for what does not arrive in time. */
  readonly end: () => Promise<void>
}

/** To be told before the server has its first connection. */
export function followTraffic(server: Server): Traffic {
  const answers = new Map<Socket, ServerResponse[]>()
  const answersOn = (socket: Socket): ServerResponse[] => answers.get(socket) ?? []

  server.on('connection', socket => {
    answers.set(socket, [])
    socket.once('close', () => answers.delete(socket))
  })
  server.on('request', ({ socket }, response) => {
    const known = answersOn(socket)
    if (known.every(isOver)) known.length = 0
    known.push(response)
  })
  // Node takes an answer for over when it was handed over, though a slow client may not have it yet, and would cut it off.
  server.closeIdleConnections = () => {
    for (const [socket, known] of answers) if (known.every(isOver)) socket.destroy()
  }

  return {
    answersOn: socket => answersOn(socket).filter(answer => !isOver(answer)),
    end: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        for (const answer of [...answers.values()].flat()) {
          if (!answer.headersSent) answer.setHeader('connection', 'close')
          answer.once('close', () => server.closeIdleConnections())
          // A server that was told to close no longer looks for requests that do not arrive.
          if (!answer.req.complete) setTimeout(() => answer.req.destroy(), server.requestTimeout).unref()
        }
      }),
  }
}

function isOver({ req, closed }: ServerResponse): boolean {
  return req.complete && closed
}
