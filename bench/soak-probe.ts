/**
 * Loaded into the server by `--import`. For each message of the parent process it collects garbage and
 * replies with its memory. SOAK_LEAK makes it keep that many bytes of each request, to prove that the
 * soak finds a leak.
 */
import { subscribe } from 'node:diagnostics_channel'
import { env, memoryUsage } from 'node:process'

process.on('message', () => {
  global.gc?.()
  global.gc?.()
  process.send?.(memoryUsage())
})
// The channel alone must not keep the server running.
process.channel?.unref()

const leaked: Buffer[] = []
const leak_bytes = Number(env.SOAK_LEAK ?? 0)
if (leak_bytes > 0) subscribe('http.server.request.start', () => void leaked.push(Buffer.alloc(leak_bytes, 1)))
