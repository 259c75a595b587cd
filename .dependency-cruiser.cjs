// The direction of imports: cli -> emulator -> app -> {api, control} -> world -> {domain, store} -> schemas.
// Each rule reads "files under `from` must not import files under `to`".
const forbid = (name, from, to, comment) => ({
  name,
  severity: 'error',
  comment,
  from: { path: from },
  to: { path: to },
})

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-orphans', severity: 'error', from: { orphan: true, pathNot: '\\.d\\.ts$' }, to: {} },
    {
      name: 'only-declared-dependencies',
      severity: 'error',
      from: { path: '^(src|schemas)/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'unknown', 'undetermined'], dependencyTypesNot: ['npm-peer'] },
    },
    {
      name: 'schemas-import-only-typebox',
      severity: 'error',
      from: { path: '^schemas/' },
      to: { pathNot: '^(schemas/|node_modules/@sinclair/typebox/)' },
    },
    {
      name: 'domain-is-pure',
      severity: 'error',
      comment: 'Rules know the schemas and the regular expressions of Go, and nothing of HTTP, SQL, time or chance.',
      from: { path: '^src/domain/' },
      to: { pathNot: '^(src/domain/|schemas/|node_modules/re2js/)' },
    },
    {
      name: 'store-is-sql-only',
      severity: 'error',
      from: { path: '^src/store/' },
      to: { pathNot: '^(src/store/|schemas/|node_modules/(@types/)?better-sqlite3/|node:|fs$|path$)' },
    },
    forbid(
      'only-schemas-import-typebox',
      '^src/',
      'node_modules/@sinclair/typebox/',
      'Let one folder know the library.',
    ),
    forbid('the-api-does-not-know-the-control-plane', '^src/api/', '^src/control/', 'Without it the API still works.'),
    forbid('the-control-plane-does-not-know-the-api', '^src/control/', '^src/api/', 'Both know the World.'),
    {
      name: 'a-world-knows-only-rules-and-store',
      severity: 'error',
      comment: 'Neither plane, nor what simulates connectors, nor HTTP.',
      from: { path: '^src/world/' },
      to: { path: '^src/', pathNot: '^src/(world|domain|store)/' },
    },
    forbid(
      'control-receives-a-world',
      '^src/control/',
      '^src/store/|node_modules/better-sqlite3/',
      'The store comes with the World.',
    ),
    forbid(
      'api-receives-a-world',
      '^src/api/',
      '^src/store/|node_modules/better-sqlite3/',
      'The store comes with the World.',
    ),
    forbid(
      'verbs-of-the-command-load-no-server',
      '^src/(commands/|command-line)',
      '^src/(api|control/(?!library)|store|app|emulator)|node_modules/(fastify|better-sqlite3)/',
      'They start fast, and talk to a server that runs elsewhere.',
    ),
    {
      name: 'nobody-imports-the-composition-root',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(cli|index)\\.ts$' },
      to: { path: '^src/emulator\\.ts$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    parser: 'swc',
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'node'] },
    reporterOptions: { mermaid: { minify: false } },
  },
}
