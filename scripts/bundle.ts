/**
 * The code that is published: every entry of the package with what it needs of others beside it, a few files instead of six
 * hundred, since finding and opening files is most of what a start costs. What is seldom needed, native, or a peer stays outside.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Plugin, rolldown } from 'rolldown'

const ENTRIES = ['cli', 'index', 'client', 'vitest', 'vitest-setup', 'testcontainers']
const OUTSIDE = [
  // Of Fastify's, which asks for them where nobody names others: a third of it all.
  '@fastify/ajv-compiler',
  '@fastify/fast-json-stringify-compiler',
  'better-sqlite3',
  'pino-pretty',
  /^@fastify\/swagger/,
  'cloudflare',
  'testcontainers',
  /^vitest/,
  /^#fixtures/,
]
const FOLDER = 'dist/src'

/** Parts of Node that are loaded at once and hardly anybody needs, or nobody before the first answer. */
const SELDOM = ['node:child_process', 'node:crypto', 'node:http2', 'node:https']

/** Loads them when something of them is read. */
const loadSeldomLater: Plugin = {
  name: 'load-seldom-later',
  resolveId: (id, importer) => (importer !== undefined && SELDOM.includes(id) ? `\0${id}` : undefined),
  load: id =>
    id.startsWith('\0node:')
      ? `module.exports = new Proxy({}, { get: (_, key) => process.getBuiltinModule('${id.slice(1)}')[key] })`
      : undefined,
}

/** As an import, a part of Node is read whole, with what it would load only for those who ask: node:fs its streams. As an object, it is not. */
const takeWithoutReading: Plugin = {
  name: 'take-without-reading',
  renderChunk: code =>
    code.replaceAll(
      /^import (?:([\w$]+)(?:, )?)?(\{[^}]*\})? from ("node:fs");$/gm,
      (_, whole?: string, named?: string, id?: string) =>
        [whole, named?.replaceAll(' as ', ': ')]
          .filter(name => name !== undefined)
          .map(name => `const ${name} = process.getBuiltinModule(${id});`)
          .join('\n'),
    ),
}

const bundle = await rolldown({
  input: Object.fromEntries(ENTRIES.map(name => [name, `src/${name}.ts`])),
  platform: 'node',
  external: OUTSIDE,
  plugins: [loadSeldomLater, takeWithoutReading],
})
const { output } = await bundle.write({
  dir: FOLDER,
  cleanDir: true,
  format: 'esm',
  minify: true,
  chunkFileNames: 'chunks/[name]-[hash].js',
})

/** The packages that went in, each with the notice that its licence asks to be kept. */
const packages = new Set(
  output
    .flatMap(file => (file.type === 'chunk' ? file.moduleIds : []))
    .flatMap(id => {
      const [folder] = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(id) ?? []
      return folder === undefined ? [] : [folder]
    }),
)
const noticeOf = (folder: string): string => {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const file = readdirSync(folder).find(entry => /^licen[cs]e/i.test(entry))
  return `${name} ${version} (${license})\n\n${file === undefined ? '' : readFileSync(join(folder, file), 'utf8').trim()}\n`
}
writeFileSync(join(FOLDER, 'THIRD-PARTY.txt'), [...packages].toSorted().map(noticeOf).join('\n---\n\n'))
