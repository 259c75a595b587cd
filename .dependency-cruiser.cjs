// The direction of imports. Each rule reads "files under `from` must not reach files under `to`";
// `reach` follows imports of imports, `import` only looks at the next file.
const reach = (name, from, to, comment) => ({
  name,
  severity: 'error',
  comment,
  from: { path: from },
  to: { path: to, reachable: true },
})

const forbid = (name, from, to, comment) => ({
  name,
  severity: 'error',
  comment,
  from: typeof from === 'string' ? { path: from } : from,
  to: typeof to === 'string' ? { path: to } : to,
})

const FAMILY = 'tunnels|configurations|connections|tokens|legacy-tunnels'

module.exports = {
  forbidden: [
    forbid('no-cycles', {}, { circular: true }),
    forbid('no-orphans', { orphan: true, pathNot: '\\.d\\.ts$' }, {}),
    forbid('only-declared-dependencies', '^(src|schemas)/', {
      dependencyTypes: ['npm-no-pkg', 'unknown', 'undetermined'],
    }),
    forbid('schemas-import-only-typebox', '^schemas/', { pathNot: '^(schemas/|node_modules/@sinclair/typebox/)' }),
    forbid('only-schemas-import-typebox', '^src/', 'node_modules/@sinclair/typebox/', 'One folder knows the library.'),

    forbid(
      'only-entries-import-the-emulator',
      { path: '^src/', pathNot: '^src/(emulator/|[\\w-]+\\.ts$)' },
      '^src/emulator/',
      'The composition root knows everything, so nothing may know it.',
    ),
    forbid(
      'only-the-emulator-imports-the-control-plane',
      { path: '^src/', pathNot: '^src/(emulator|control)/' },
      { path: '^src/control/' },
      'The emulated API works without it.',
    ),
    forbid(
      'the-control-plane-works-on-worlds',
      '^src/control/',
      { path: '^src/(gateway|http|emulator|cli)/', pathNot: '^src/gateway/redaction\\.ts$' },
      'What it needs of the server is handed in.',
    ),
    reach('the-control-plane-reaches-no-server', '^src/control/', '^src/(http|emulator|cli)/'),
    reach('worlds-know-no-resource', '^src/(world|worlds|store)/', '^src/(resources|simulation|gateway|http|control)/'),
    reach('the-gateway-knows-no-resource', '^src/gateway/', '^src/(resources|simulation|http|control|emulator)/'),
    reach('resources-stand-on-the-gateway', '^src/resources/', '^src/(simulation|http|control|emulator|cli)/'),
    reach('the-simulation-stands-on-resources', '^src/simulation/', '^src/(http|control|emulator|cli)/'),
    forbid(
      'only-the-emulator-imports-the-edge',
      { path: '^src/', pathNot: '^src/(emulator|edge)/' },
      '^src/edge/',
      'It is off by default; everything works without it.',
    ),
    forbid(
      'the-edge-is-loaded-only-if-it-is-on',
      '^src/emulator/',
      { path: '^src/edge/', dynamic: false, dependencyTypesNot: ['type-only'] },
      'A start without it must cost nothing.',
    ),
    forbid('the-edge-stands-on-resources', '^src/edge/', {
      path: '^src/(gateway|http)/',
      pathNot: '^src/(gateway/redaction|http/(authority|bind|certificates))\\.ts$',
    }),
    reach('the-edge-reaches-no-server', '^src/edge/', '^src/(simulation|control|emulator|cli)/'),
    forbid(
      'metrics-are-loaded-only-if-they-are-on',
      { path: '^src/', pathNot: '^src/metrics/' },
      { path: '^src/metrics/|node_modules/prom-client/', dynamic: false, dependencyTypesNot: ['type-only'] },
      'A start without them must cost nothing.',
    ),
    forbid(
      'spans-are-made-only-if-they-are-asked-for',
      { path: '^src/', pathNot: '^src/tracing/' },
      { path: '^src/tracing/|node_modules/@opentelemetry/', dynamic: false },
      'The package is an optional peer.',
    ),
    reach('metrics-know-no-resource', '^src/metrics/', '^src/(resources|simulation|control|emulator|cli)/'),
    forbid(
      'worker-threads-are-loaded-only-if-they-are-on',
      { path: '^src/', pathNot: '^src/emulator/workers/' },
      { path: '^src/emulator/workers/', dynamic: false, dependencyTypesNot: ['type-only'] },
      'A start without them must cost nothing.',
    ),
    forbid(
      'the-main-thread-of-workers-runs-no-emulator',
      { path: '^src/emulator/workers/', pathNot: '/thread\\.ts$' },
      {
        path: '^src/(resources|simulation|control|store|worlds|gateway|edge)/|^src/emulator/(emulator|app|shared-app)\\.ts$',
        pathNot: '^src/worlds/families\\.ts$',
        dependencyTypesNot: ['type-only'],
      },
      'It must respond at any time, and take little memory.',
    ),
    reach('http-knows-no-resource', '^src/http/', '^src/(resources|simulation|control|emulator)/'),
    reach(
      'commands-load-no-server',
      '^src/cli/',
      '^src/(emulator|control|http)/|node_modules/(fastify|better-sqlite3)/',
      'They start fast, and talk to a server that runs elsewhere.',
    ),

    forbid(
      'the-console-knows-the-control-plane-alone',
      '^console/',
      {
        path: '^(src|schemas|test|scripts)/',
        pathNot: '^(src/client|schemas/(cidr|duration)|schemas/control/operations?)\\.ts$',
        dependencyTypesNot: ['type-only'],
      },
      'It runs in a browser: of the project it has types, the client, the contract and the parsers of networks and durations.',
    ),
    forbid('the-server-knows-only-the-built-console', '^(src|schemas)/', '^console/'),

    forbid(
      'a-start-imports-only-types-of-http',
      { path: '^src/', pathNot: '^src/edge/' },
      { path: '^(node:)?(http|process)$', dependencyTypesNot: ['type-only'] },
      "As modules they load what else they export: the web's APIs of Node, and stdin. See src/http/server.ts.",
    ),
    reach(
      'rules-are-pure',
      '(^src/resources/.+/rules|^src/cloudflared/.+)\\.ts$',
      '^src/(store|world|worlds|http)/|/store\\.ts$|^node:|^(fs|path|crypto)$|node_modules/(fastify|better-sqlite3)/',
      'No clock, chance, SQL, HTTP or Node API.',
    ),
    forbid('stores-are-sql-only', '^src/(resources/.+|gateway)/store\\.ts$', {
      pathNot: '^(schemas/|src/store/|src/resources/.+/(store|row|list-query|connectivity|rules)\\.ts$)',
    }),
    forbid('the-store-folder-is-plumbing', '^src/store/', {
      pathNot: '^(schemas/|src/store/|node_modules/(@types/)?better-sqlite3/|node:|fs$|path$)',
    }),
    forbid(
      'resources-know-only-tunnels-and-zones',
      { path: '^src/resources/([^/]+)/', pathNot: `^src/resources/(${FAMILY})/` },
      {
        path: '^src/resources/[^/]+/',
        pathNot:
          '^src/resources/($1/|tunnels/(rules|store)\\.ts$|configurations/store\\.ts$|zones/(default-zone|require-zone|permissions|errors|seed)\\.ts$)',
      },
      'What happens with a tunnel goes through the hooks of resource.ts.',
    ),
    forbid(
      'the-tunnel-family-shares-rules-and-stores',
      { path: `^src/resources/(${FAMILY})/` },
      {
        path: '^src/resources/[^/]+/',
        pathNot:
          '^src/resources/($1/|[^/]+/(rules|store|simulation-store|present|ledger|clean-up|errors|permissions|operation-ids|operations|events)\\.ts$)',
      },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    parser: 'swc',
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'node'] },
    reporterOptions: { mermaid: { minify: false } },
  },
}
