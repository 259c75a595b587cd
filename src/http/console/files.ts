import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { promisify } from 'node:util'
import { readPackageFile } from '../../config/runtime-files.ts'

/** These keep their names from build to build. */
const FIXED_NAMES = ['index.html', 'icon.svg']

/** The build puts a hash of the content into these names. */
const ASSET = /^assets\/[\w-]+(?:\.[\w-]+)*$/

/** Fonts are compressed already. */
const FONT = '.woff2'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  [FONT]: 'font/woff2',
}

export interface ConsoleFile {
  readonly type: string
  readonly etag: string
  readonly bytes: Buffer
  /** Whether this name always has this content. */
  readonly isImmutable: boolean
  /** Undefined for a file that compression does not make smaller. */
  readonly gzipped: (() => Promise<Buffer>) | undefined
}

/** The built files of the console. */
export interface ConsoleFiles {
  /** Undefined if there is no such file. `name` may be anything that a client asks for. */
  readonly find: (name: string) => Promise<ConsoleFile | undefined>
}

/** Serves the files of a folder. */
export function consoleFilesIn(folder: string): ConsoleFiles {
  return consoleFiles(name => readFile(join(folder, name)))
}

/** What `npm run build:console` makes. All emulators of a process share it. */
export const BUILT_CONSOLE = consoleFiles(name => readPackageFile('console', name))

/** Reads each file at its first request, so a server without visitors has none in memory. */
function consoleFiles(readBytes: (name: string) => Promise<Buffer>): ConsoleFiles {
  const known = new Map<string, ConsoleFile>()

  const read = async (name: string): Promise<ConsoleFile | undefined> => {
    const bytes = await readBytes(name).catch(() => undefined)
    const before = known.get(name)
    if (bytes === undefined || before?.bytes.equals(bytes)) return bytes && before

    const file = describe(name, bytes)
    known.set(name, file)
    return file
  }

  return {
    find: async name => {
      // A build meanwhile may have changed the files that these name.
      if (FIXED_NAMES.includes(name)) return read(name)
      if (!ASSET.test(name) || TYPES[extname(name)] === undefined) return undefined
      return known.get(name) ?? read(name)
    },
  }
}

function describe(name: string, bytes: Buffer): ConsoleFile {
  const extension = extname(name)
  let gzipped: Promise<Buffer> | undefined
  return {
    type: TYPES[extension] ?? '',
    // Weak, because the compressed bytes have it too.
    etag: `W/"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`,
    bytes,
    isImmutable: !FIXED_NAMES.includes(name),
    gzipped: extension === FONT ? undefined : () => (gzipped ??= compress(bytes)),
  }
}

async function compress(bytes: Buffer): Promise<Buffer> {
  const { constants, gzip } = await import('node:zlib')
  return promisify(gzip)(bytes, { level: constants.Z_BEST_COMPRESSION })
}
