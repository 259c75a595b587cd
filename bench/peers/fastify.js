import { readAnswers, staticAnswers } from './static-answers.js'

const app = staticAnswers(readAnswers(process.argv[2]))
process.stdout.write(`listens on ${await app.listen({ host: '127.0.0.1', port: 0 })}\n`)
process.on('SIGTERM', () => app.close())
