/** The bare Fastify as a server: fastify.js FILE, which bench/samples.ts writes. */
import { createStaticFastify, readJson } from './static-fastify.js'

const app = createStaticFastify(readJson(process.argv[2]))
process.stdout.write(`listens on ${await app.listen({ host: '127.0.0.1', port: 0 })}\n`)
process.on('SIGTERM', () => app.close())
