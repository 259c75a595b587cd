/**
 * The code that is published: every entry of the package with what it needs of others beside it, a few files instead of six
 * hundred, since finding and opening files is most of what a start costs. What is seldom needed, native, or a peer stays outside.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { rolldown } from 'rolldown'

const ENTRIES = ['cli', 'index', 'client', 'vitest', 'vitest-setup', 'testcontainers']
const OUTSIDE = [
  'better-sqlite3',
  'pino-pretty',
  /^@fastify\/swagger/,
  'cloudflare',
  'testcontainers',
  /^vitest/,
  /^#fixtures/,
]
const FOLDER = 'dist/src'

const bundle = await rolldown({
  input: Object.fromEntries(ENTRIES.map(name => [name, `src/${name}.ts`])),
  platform: 'node',
  external: OUTSIDE,
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
