/** The files that the single executable contains, by the name under which it reads them. */
import { globSync } from 'node:fs'
import { join, relative } from 'node:path'
import type { PackageFolder } from '../../src/config/runtime-files.ts'

/** The native code of better-sqlite3. */
export const SQLITE = 'sqlite.node'

/** Where the build has the folders of the package. */
const FOLDERS: Readonly<Record<PackageFolder, string>> = {
  fixtures: 'fixtures',
  pages: 'pages',
  console: 'dist/console',
  'swagger-ui': 'dist/swagger-ui',
}

export function assets(sqlite: string): Record<string, string> {
  const files = Object.entries(FOLDERS).flatMap(([name, folder]) =>
    globSync(join(folder, '**/*.*')).map(path => [`${name}/${relative(folder, path)}`, path] as const),
  )
  return Object.fromEntries([...files, [SQLITE, sqlite]])
}
