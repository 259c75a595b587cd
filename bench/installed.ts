/** How much npm installed into a project. */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

export function installedIn(project: string): { readonly packages: number; readonly bytes: number } {
  const modules = join(project, 'node_modules')
  const { packages } = JSON.parse(readFileSync(join(modules, '.package-lock.json'), 'utf8'))
  return { packages: Object.keys(packages).length, bytes: sizeOf(modules) }
}

/** The sizes of all files, which unlike blocks on a disk are the same on every machine. */
function sizeOf(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .reduce((bytes, { parentPath, name }) => bytes + statSync(join(parentPath, name)).size, 0)
}
