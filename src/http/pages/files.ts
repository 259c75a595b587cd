import type { FastifyReply } from 'fastify'
import { type PackageFolder, readPackageFile } from '../../config/runtime-files.ts'

const JS = 'text/javascript; charset=utf-8'
const CSS = 'text/css; charset=utf-8'

/** The files that our pages load, by name. */
const FILES: Readonly<Record<string, { type: string; folder: PackageFolder }>> = {
  'icon.svg': { type: 'image/svg+xml', folder: 'pages' },
  'style.css': { type: CSS, folder: 'pages' },
  'docs.js': { type: JS, folder: 'pages' },
  'swagger-ui.css': { type: CSS, folder: 'swagger-ui' },
  'swagger-ui-bundle.js': { type: JS, folder: 'swagger-ui' },
}

export const FILE_NAMES = Object.keys(FILES)

export async function sendFile(name: string, reply: FastifyReply): Promise<FastifyReply> {
  const { type = '', folder = 'pages' } = FILES[name] ?? {}
  return reply
    .type(type)
    .header('x-content-type-options', 'nosniff')
    .send(await readPackageFile(folder, name))
}
