/**
 * What `npm run build` makes of the six entries: modules that contain the packages they need, and
 * leave out those that package.json names as dependencies or peers. So an install is small, and a
 * start opens few files.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { defineConfig } from 'tsdown'

/** What the page at /docs loads, and the licences of what is in it. */
const SWAGGER_UI = ['swagger-ui-bundle.js', 'swagger-ui-bundle.js.LICENSE.txt', 'swagger-ui.css'].map(
  file => `node_modules/swagger-ui-dist/${file}`,
)

export default defineConfig({
  entry: ['src/*.ts'],
  tsconfig: 'tsconfig.build.json',
  platform: 'node',
  fixedExtension: false,
  dts: true,
  sourcemap: true,
  // A stack trace needs no sources, and half of the tarball would be those of packages.
  outputOptions: {
    sourcemapExcludeSources: true,
    // Files of their own, since what a file imports runs before what is in it.
    codeSplitting: {
      groups: ['node-version', 'require-node'].map(name => ({ name, test: new RegExp(`src/config/${name}\\.ts$`) })),
    },
  },
  deps: {
    // A dependency for its types. Its code is 250 files, which take longer to load than all others.
    alwaysBundle: [/^@sinclair\/typebox/],
    // Fastify requires them where no compilers are named; ours always are (src/http/compilers.ts).
    neverBundle: ['@fastify/ajv-compiler', '@fastify/fast-json-stringify-compiler'],
    dts: { alwaysBundle: [], neverBundle: true },
    onlyBundle: false,
    onlyImport: ['better-sqlite3', 'cloudflare', 'testcontainers', 'vitest', '@sinclair/typebox'],
  },
  copy: { from: SWAGGER_UI, to: 'dist/swagger-ui' },
  hooks: {
    'build:done': ({ chunks }) => {
      const modules = chunks.flatMap(chunk => (chunk.type === 'chunk' ? chunk.moduleIds : []))
      writeFileSync('dist/THIRD-PARTY.txt', noticesOf([...modules, ...SWAGGER_UI]))
    },
  },
  checks: { pluginTimings: false },
  report: false,
})

/** The packages that went in, each with the notice that its licence asks to be kept. */
function noticesOf(files: readonly string[]): string {
  const folders = files.flatMap(file => /.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? [])
  return [...new Set(folders)].toSorted().map(noticeOf).join('\n---\n\n')
}

function noticeOf(folder: string): string {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const texts = readdirSync(folder)
    .filter(file => /^(licen[cs]e|notice)/i.test(file))
    .map(file => `${readFileSync(join(folder, file), 'utf8').trim()}\n`)
  return [`${name} ${version} (${license})\n`, ...texts].join('\n')
}
