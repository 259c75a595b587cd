/**
 * Loaded into the server by `--import`: tells its memory, after a collection, whoever asks through the channel of the child process.
 * With SOAK_LEAK it also keeps so many bytes of each request for ever, to prove that a leak is seen.
 */
import { subscribe } from 'node:diagnostics_channel'
import { env, memoryUsage } from 'node:process'

process.on('message', () => {
  global.gc?.()
  global.gc?.()
  process.send?.(memoryUsage())
})
// A server that nobody listens to any more must be able to leave.
process.channel?.unref()

const leaked: Buffer[] = []
const bytes = Number(env.SOAK_LEAK ?? 0)
if (bytes > 0) subscribe('http.server.request.start', () => void leaked.push(Buffer.alloc(bytes, 1)))
