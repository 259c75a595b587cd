/**
 * The code that is published: every entry of the package with what it needs of others beside it, a few files instead of six
 * hundred, since finding and opening files is most of what a start costs. What is seldom needed, native, or a peer stays outside.
 * The server is CommonJS, which Node starts sooner than modules; the other entries are modules, and see it as one.
 */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type ChunkingContext, type OutputOptions, type Plugin, type RolldownOutput, rolldown } from 'rolldown'

const SERVER = ['cli', 'index']
const OTHERS = ['client', 'vitest', 'vitest-setup', 'testcontainers', 'refuse-old-node']
const OUTSIDE = [
  // Of Fastify's, which asks for them where nobody names others: a third of it all.
  '@fastify/ajv-compiler',
  '@fastify/fast-json-stringify-compiler',
  'better-sqlite3',
  /^@fastify\/swagger/,
  'cloudflare',
  'testcontainers',
  /^vitest/,
]
const FOLDER = 'dist/src'

/** Parts of Node that are loaded at once and hardly anybody needs, or nobody before the first answer. */
const SELDOM = ['node:child_process', 'node:crypto', 'node:dns/promises', 'node:http2', 'node:https']

/** Loads them when something of them is read by its name; what they have cannot be listed. */
const loadSeldomLater: Plugin = {
  name: 'load-seldom-later',
  resolveId: (id, importer) => (importer !== undefined && SELDOM.includes(id) ? `\0${id}` : undefined),
  load: id =>
    id.startsWith('\0node:')
      ? `module.exports = new Proxy({}, { get: (_, key) => process.getBuiltinModule('${id.slice(1)}')[key] })`
      : undefined,
}

/** All that is imported at once with a module. */
function closureOf(id: string, context: ChunkingContext, found = new Set<string>()): Set<string> {
  if (found.has(id)) return found
  found.add(id)
  for (const imported of context.getModuleInfo(id)?.importedIds ?? []) closureOf(imported, context, found)
  return found
}

/** What the server alone needs at once is one file, since each takes its time to be found and opened. */
function serverTogether() {
  const filesOf = (name: string, context: ChunkingContext) => closureOf(resolve(`src/${name}.ts`), context)
  let others: Set<string> | undefined
  let server: Set<string> | undefined
  const name = (id: string, context: ChunkingContext): string | null => {
    server ??= filesOf('emulator', context)
    others ??= closureOf(resolve('src/cli/commands/index.ts'), context, filesOf('command-line', context))
    return server.has(id) && !others.has(id) ? 'server' : null
  }
  return { includeDependenciesRecursively: false, groups: [{ debugName: 'server', name }] }
}

async function bundled(
  entries: readonly string[],
  external: readonly (string | RegExp)[],
  options: OutputOptions,
): Promise<RolldownOutput['output']> {
  const bundle = await rolldown({
    input: Object.fromEntries(entries.map(name => [name, `src/${name}.ts`])),
    platform: 'node',
    preserveEntrySignatures: 'allow-extension',
    external: [...external],
    plugins: [loadSeldomLater],
    // Fastify asks for light-my-request when somebody injects, as we do.
    checks: { ineffectiveDynamicImport: false },
  })
  const { output } = await bundle.write({ dir: FOLDER, minify: true, ...options })
  return output
}

rmSync(FOLDER, { recursive: true, force: true })
const server = await bundled(SERVER, OUTSIDE, {
  format: 'cjs',
  strict: true,
  entryFileNames: '[name].cjs',
  chunkFileNames: 'chunks/[name]-[hash].cjs',
  codeSplitting: serverTogether(),
})
if (server.some(file => file.fileName.startsWith('chunks/') && file.type === 'chunk' && /\bimport\(/.test(file.code)))
  throw new Error('a chunk imports by itself, which it cannot where it is kept compiled')

const others = await bundled(OTHERS, [...OUTSIDE, /\/index\.ts$/], {
  format: 'esm',
  chunkFileNames: 'chunks/[name]-[hash].js',
  paths: id => (id.endsWith('/index.ts') ? './index.js' : id),
})
if (
  others.some(
    file => file.fileName.startsWith('chunks/') && file.type === 'chunk' && file.imports.includes('./index.js'),
  )
)
  throw new Error('index.js is not beside the chunks')

const names = server.flatMap(file => (file.type === 'chunk' && file.name === 'index' ? file.exports : []))
writeFileSync(
  join(FOLDER, 'index.js'),
  `import './refuse-old-node.js'\nimport server from './index.cjs'\n\nexport const { ${names.join(', ')} } = server\n`,
)

/** The packages that went in, each with the notice that its licence asks to be kept. */
const packages = new Set(
  [...server, ...others]
    .flatMap(file => (file.type === 'chunk' ? file.moduleIds : []))
    .flatMap(id => {
      const [folder] = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(id) ?? []
      return folder === undefined ? [] : [folder]
    }),
)
function noticeOf(folder: string): string {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const file = readdirSync(folder).find(entry => /^licen[cs]e/i.test(entry))
  return `${name} ${version} (${license})\n\n${file === undefined ? '' : readFileSync(join(folder, file), 'utf8').trim()}\n`
}
writeFileSync(join(FOLDER, 'THIRD-PARTY.txt'), [...packages].toSorted().map(noticeOf).join('\n---\n\n'))
