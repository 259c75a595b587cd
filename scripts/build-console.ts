/**
 * Bundles `console/` into `dist/console/`: index.html, the icon, and files whose names change with
 * their content. `--watch` builds again when a file changes.
 */
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, rmSync, watch, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { bundle } from 'lightningcss'
import { type ChunkingContext, type InputOptions, type OutputOptions, rolldown } from 'rolldown'

const ROOT = join(import.meta.dirname, '..')
const SOURCE = join(ROOT, 'console')
const TARGET = join(ROOT, 'dist/console')
const ASSETS = join(TARGET, 'assets')

/** Returns the files of packages that went in. */
export async function buildConsole(): Promise<readonly string[]> {
  rmSync(TARGET, { recursive: true, force: true })
  mkdirSync(ASSETS, { recursive: true })
  const [worker = '', ...ofWorker] = await script('data/worker.ts', {})
  const font = write('inter.woff2', readFileSync(join(SOURCE, 'font/inter.woff2')))
  const style = styles('first.css', font)
  const later = styles('later.css', font)
  const [main = '', ...ofMain] = await script('main.tsx', {
    WORKER_FILE: JSON.stringify(worker),
    LATER_STYLE: JSON.stringify(later),
  })
  const names: Readonly<Record<string, string>> = { 'main.js': main, 'first.css': style, 'inter.woff2': font }
  const page = readFileSync(join(SOURCE, 'index.html'), 'utf8')
  writeFileSync(
    join(TARGET, 'index.html'),
    page.replaceAll(/assets\/([\w.]+)/g, (_all, name: string) => `assets/${names[name]}`),
  )
  writeFileSync(join(TARGET, 'icon.svg'), readFileSync(join(SOURCE, 'icon.svg')))
  return [...ofWorker, ...ofMain]
}

/** The name of the file with the styles that `name` imports. */
function styles(name: string, font: string): string {
  const { code } = bundle({ filename: join(SOURCE, 'style', name), minify: true })
  return write(name, Buffer.from(code.toString().replaceAll('inter.woff2', font)))
}

/** The name of the file that was written for `entry`, and the modules of packages that went in. */
async function script(entry: string, define: Readonly<Record<string, string>>): Promise<string[]> {
  const input: InputOptions = {
    input: join(SOURCE, entry),
    platform: 'browser',
    tsconfig: join(SOURCE, 'tsconfig.json'),
    transform: { define: { ...define } },
    plugins: [{ name: 'short-operations', transform: shortOperations }],
  }
  const output: OutputOptions = {
    dir: ASSETS,
    format: 'esm',
    minify: true,
    entryFileNames: '[name]-[hash].js',
    chunkFileNames: '[name]-[hash].js',
    codeSplitting: { groups: [{ name: chunkOf, debugName: 'first' }] },
  }
  await using bundler = await rolldown(input)
  const { output: files } = await bundler.write(output)
  const chunks = files.flatMap(file => (file.type === 'chunk' ? [file] : []))
  const name = chunks.find(chunk => chunk.isEntry)?.fileName ?? ''
  const modules = chunks.flatMap(chunk => chunk.moduleIds).filter(id => id.includes('node_modules'))
  return [name, ...modules.map(id => id.slice(id.indexOf('node_modules')))]
}

/** What a browser loads first, together with all that it imports. */
const FIRST = ['main.tsx', 'pages/tunnels.tsx'].map(name => join(SOURCE, name))

/** One file compresses better than a dozen, so the first load has one. */
function chunkOf(id: string, modules: ChunkingContext): string | null {
  const found = new Set<string>()
  const add = (one: string): void => {
    if (found.has(one)) return
    found.add(one)
    for (const next of modules.getModuleInfo(one)?.importedIds ?? []) add(next)
  }
  for (const name of FIRST) add(name)
  return found.has(id) ? 'first' : null
}

/** What only the server and the documentation read of an operation. */
const UNREAD =
  /\b(?:tag|summary|params|query|body|result|max_body_mib|only_reads):\s*(?:'(?:[^'\\\n]|\\.)*'|true|\d+),?/g

/** The first load needs the routes of the operations, and none of their texts. */
function shortOperations(code: string, id: string): string | undefined {
  return /schemas\/control\/[\w-]*operations\.ts$/.test(id) ? code.replaceAll(UNREAD, '') : undefined
}

/** Writes a file under a name that changes with its content. Returns the name. */
function write(name: string, content: Buffer): string {
  const hash = createHash('sha256').update(content).digest('base64url').slice(0, 8)
  const hashed = name.replace('.', `-${hash}.`)
  writeFileSync(join(ASSETS, hashed), content)
  return hashed
}

function buildOnChanges(): void {
  let timer: NodeJS.Timeout | undefined
  watch(SOURCE, { recursive: true }, () => {
    clearTimeout(timer)
    timer = setTimeout(() => void buildConsole().catch(error => process.stderr.write(`${error}\n`)), 100)
  })
}

if (import.meta.main) {
  await buildConsole()
  if (process.argv.includes('--watch')) buildOnChanges()
}
