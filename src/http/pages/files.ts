import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { FastifyReply } from 'fastify'

const { resolve } = createRequire(import.meta.url)

const JS = 'text/javascript; charset=utf-8'
const CSS = 'text/css; charset=utf-8'

/** The files that our pages load, by name. */
const FILES: Readonly<Record<string, { type: string; path: () => string }>> = {
  'icon.svg': { type: 'image/svg+xml', path: () => resolve('#pages/icon.svg') },
  'style.css': { type: CSS, path: () => resolve('#pages/style.css') },
  'docs.js': { type: JS, path: () => resolve('#pages/docs.js') },
  'swagger-ui.css': { type: CSS, path: () => join(swaggerFolder(), 'swagger-ui.css') },
  'swagger-ui-bundle.js': { type: JS, path: () => join(swaggerFolder(), 'swagger-ui-bundle.js') },
}

export const FILE_NAMES = Object.keys(FILES)

export async function sendFile(name: string, reply: FastifyReply): Promise<FastifyReply> {
  const { type = '', path = () => '' } = FILES[name] ?? {}
  return reply
    .type(type)
    .header('x-content-type-options', 'nosniff')
    .send(await readFile(path()))
}

/** The build copies the files next to the code. In the source tree they are in node_modules. */
function swaggerFolder(): string {
  const copied = join(import.meta.dirname, 'swagger-ui')
  return existsSync(copied) ? copied : dirname(resolve('swagger-ui-dist/package.json'))
}
