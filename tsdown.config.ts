/**
 * What `npm run build` makes of the six entries, and of the worker threads that one of them starts: modules that contain the packages they need, and
 * leave out those that package.json names as dependencies or peers. So an install is small, and a
 * start opens few files.
 */
import { writeFileSync } from 'node:fs'
import { defineConfig } from 'tsdown'
import { buildConsole } from './scripts/build-console.ts'
import { noticesOf } from './scripts/notices.ts'

/** What the page at /docs loads, and the licences of what is in it. */
const SWAGGER_UI = ['swagger-ui-bundle.js', 'swagger-ui-bundle.js.LICENSE.txt', 'swagger-ui.css'].map(
  file => `node_modules/swagger-ui-dist/${file}`,
)

/** prom-client imports OpenTelemetry for exemplars, which we do not use. */
const WITHOUT_EXEMPLARS = {
  name: 'without-exemplars',
  // Before the packages that stay outside are found: this one does, for our own spans.
  resolveId: {
    order: 'pre' as const,
    handler: (id: string, importer: string | undefined) =>
      id === '@opentelemetry/api' && importer?.includes('/node_modules/prom-client/') ? '\0no-exemplars' : null,
  },
  load: (id: string) => (id === '\0no-exemplars' ? 'export {}' : null),
}

export default defineConfig({
  entry: ['src/*.ts', { worker: 'src/emulator/workers/thread.ts' }],
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
    onlyImport: ['@opentelemetry/api', 'better-sqlite3', 'cloudflare', 'testcontainers', 'vitest', '@sinclair/typebox'],
  },
  plugins: [WITHOUT_EXEMPLARS],
  copy: { from: SWAGGER_UI, to: 'dist/swagger-ui' },
  hooks: {
    // The console last: the build begins with an empty folder.
    'build:done': async ({ chunks }) => {
      const ofConsole = await buildConsole()
      const modules = chunks.flatMap(chunk => (chunk.type === 'chunk' ? chunk.moduleIds : []))
      writeFileSync('dist/THIRD-PARTY.txt', noticesOf([...modules, ...ofConsole, ...SWAGGER_UI]))
    },
  },
  checks: { pluginTimings: false },
  report: false,
})
