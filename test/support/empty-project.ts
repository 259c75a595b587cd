import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { globSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { execPath } from 'node:process'
import { text } from 'node:stream/consumers'
import { promisify } from 'node:util'

const run = promisify(execFile)

const { devDependencies } = JSON.parse(readFileSync('package.json', 'utf8'))

/** The version that this project is developed with. */
export function pinned(name: string): string {
  return `${name}@${devDependencies[name]}`
}

export interface Packed {
  readonly filename: string
  readonly size: number
  readonly unpackedSize: number
  readonly files: readonly { readonly path: string }[]
}

/** Packs what would be published; packing builds it. */
export async function pack(folder: string): Promise<Packed> {
  const { stdout } = await run('npm', ['pack', '--json', '--foreground-scripts=false', '--pack-destination', folder])
  const [packed] = JSON.parse(stdout)
  return packed
}

/** An empty project in a temporary folder. Each command rejects with what it printed when it fails. */
export function emptyProject() {
  const folder = mkdtempSync(join(tmpdir(), 'mockflared-package-'))
  const write = (name: string, text: string): void => writeFileSync(join(folder, name), text)
  const start = async (command: string, args: readonly string[]): Promise<string> => {
    try {
      return (await run(command, args, { cwd: folder })).stdout
    } catch (error) {
      const { stdout, stderr } = error as { stdout?: string; stderr?: string }
      throw new Error(`${command} ${args.join(' ')}\n${stdout}${stderr}`)
    }
  }
  write('package.json', '{ "type": "module", "private": true }')

  return {
    folder,
    write,
    install: (...packages: readonly string[]) =>
      start('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', ...packages]),
    /** By the pinned Node, whatever the machine has. */
    node: (...args: readonly string[]) => start(execPath, args),
    bin: (name: string, ...args: readonly string[]) =>
      start(execPath, [join(folder, 'node_modules', '.bin', name), ...args]),
    /** The names of the packages that are installed. */
    packages: async (): Promise<string[]> => {
      const folders = (await start('npm', ['ls', '--all', '--parseable'])).trim().split('\n').slice(1)
      return folders.map(path => path.slice(path.lastIndexOf('node_modules') + 'node_modules/'.length))
    },
    /** The bytes of all that is installed. */
    size: (): number =>
      globSync(join(folder, 'node_modules/**/*'), { withFileTypes: true })
        .filter(entry => entry.isFile())
        .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0),
    /** The packages that a declaration and those that it imports import. */
    typesReachedFrom: (file: string): string[] => {
      const found = new Set<string>()
      const look = (path: string, seen: Set<string>): void => {
        if (seen.has(path)) return
        seen.add(path)
        for (const [, from = ''] of readFileSync(path, 'utf8').matchAll(
          /^(?:import|export) .*\bfrom ["']([^"']+)["']/gm,
        )) {
          if (from.startsWith('.')) look(join(dirname(path), from.replace(/\.js$/, '.d.ts')), seen)
          else found.add(from)
        }
      }
      look(join(folder, 'node_modules', file), new Set())
      return [...found].toSorted()
    },
    /** What a server says on stderr, from its start until it is told to end once it listens. */
    complaintsOf: async (name: string, ...args: readonly string[]): Promise<string> => {
      const child = spawn(execPath, [join(folder, 'node_modules', '.bin', name), ...args], { cwd: folder })
      const complaints = text(child.stderr)
      await once(child.stdout, 'data')
      child.kill('SIGTERM')
      return complaints
    },
    /** Checks the types of modules as strictly as can be. */
    check: (modules: readonly string[], options: readonly string[]) =>
      start(execPath, [
        join(folder, 'node_modules', '.bin', 'tsc'),
        ...['--noEmit', '--strict', '--exactOptionalPropertyTypes', '--target', 'es2022', '--types', 'node'],
        ...options,
        ...modules,
      ]),
  }
}
