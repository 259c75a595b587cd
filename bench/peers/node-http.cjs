/** The least that Node can do. CommonJS, since `import 'node:http'` also loads what Node has of the web's APIs. */
const { createServer } = require('node:http')

const server = createServer((_request, response) => {
  response.setHeader('content-type', 'application/json').end('{"success":true,"errors":[],"messages":[],"result":[]}')
})
server.listen(0, '127.0.0.1', () => process.stdout.write(`listens on http://127.0.0.1:${server.address().port}\n`))
process.on('SIGTERM', () => server.close())
