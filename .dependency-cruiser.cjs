// The direction of imports: cli -> emulator -> app -> {api, control} -> world -> {domain, store} -> schemas.
// Each rule reads "files under `from` must not import files under `to`".
module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-orphans', severity: 'error', from: { orphan: true, pathNot: '\\.d\\.ts$' }, to: {} },
    {
      name: 'only-declared-dependencies',
      severity: 'error',
      from: { path: '^(src|schemas)/' },
      to: { dependencyTypes: ['npm-no-pkg', 'unknown', 'undetermined'] },
    },
    {
      name: 'schemas-import-only-typebox',
      severity: 'error',
      from: { path: '^schemas/' },
      to: { pathNot: '^(schemas/|node_modules/@sinclair/typebox/)' },
    },
    {
      name: 'only-the-emulator-imports-control',
      severity: 'error',
      from: { pathNot: '^src/(control|emulator)/' },
      to: { path: '^src/control/' },
    },
    {
      name: 'control-imports-no-server',
      severity: 'error',
      from: { path: '^src/control/' },
      to: { path: '^src/(gateway|http|emulator|cli)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    parser: 'swc',
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'node'] },
    reporterOptions: { mermaid: { minify: false } },
  },
}
