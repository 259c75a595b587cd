/**
 * The page for an OpenAPI description. It loads much code that few users need, so import this file
 * only on demand.
 */
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import swagger, { type FastifyDynamicSwaggerOptions } from '@fastify/swagger'
import fastify, { type FastifyInstance } from 'fastify'
import { ownCompilers } from './compilers.ts'

/** The files of Swagger UI that the page loads. */
const TYPES = {
  'swagger-ui-bundle.js': 'application/javascript; charset=utf-8',
  'swagger-ui.css': 'text/css; charset=utf-8',
  'index.css': 'text/css; charset=utf-8',
  'favicon-16x16.png': 'image/png',
  'favicon-32x32.png': 'image/png',
}

/**
 * Creates a server that describes its own routes: as JSON, as YAML, and as a page at `prefix`/docs.
 */
export async function createDescribingServer(
  prefix: string,
  options: FastifyDynamicSwaggerOptions,
): Promise<FastifyInstance> {
  const app = fastify({ ...ownCompilers(false), exposeHeadRoutes: false })
  await app.register(swagger, options)
  app.get(`${prefix}/openapi.json`, () => app.swagger())
  app.register(servePage, { prefix: `${prefix}/docs` })
  return app
}

async function servePage(app: FastifyInstance, { prefix }: { readonly prefix: string }): Promise<void> {
  const page = pageAt(`${prefix}/static`)
  app.get('/', async (_request, reply) => reply.type('text/html; charset=utf-8').send(page))
  app.get('/json', () => app.swagger())
  app.get('/yaml', async (_request, reply) => reply.type('application/x-yaml').send(app.swagger({ yaml: true })))
  for (const [file, type] of Object.entries(TYPES)) {
    app.get(`/static/${file}`, async (_request, reply) => reply.type(type).send(await readFile(join(folder(), file))))
  }
}

/** The build copies the files next to the code. In the source tree they are in node_modules. */
function folder(): string {
  const copied = join(import.meta.dirname, 'swagger-ui')
  return existsSync(copied) ? copied : dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'))
}

function pageAt(files: string): string {
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="UTF-8">
<title>mockflared</title>
<link rel="stylesheet" href="${files}/swagger-ui.css">
<link rel="stylesheet" href="${files}/index.css">
<link rel="icon" type="image/png" href="${files}/favicon-32x32.png" sizes="32x32">
<link rel="icon" type="image/png" href="${files}/favicon-16x16.png" sizes="16x16">
</head>
<body>
<div id="swagger-ui"></div>
<script src="${files}/swagger-ui-bundle.js"></script>
<script>
SwaggerUIBundle({
  dom_id: '#swagger-ui',
  url: location.pathname.replace(/\\/*$/, '/json'),
  deepLinking: true,
  tryItOutEnabled: true,
  persistAuthorization: true,
  validatorUrl: null,
})
</script>
</body>
</html>
`
}
