/**
 * Writes the parts of the documentation that follow from the code: the table of options, the picture of the imports and the
 * JSON Schema of seeds. With `--check` it writes nothing, and fails when a part is out of date.
 */
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { argv, exit, stderr } from 'node:process'
import { State } from '../schemas/state.ts'
import { DEFAULTS, flagOf, OPTION_NAMES, OPTIONS, variableOf } from '../src/options.ts'

const fileOf = (path: string): URL => new URL(`../${path}`, import.meta.url)

const optionRows = OPTION_NAMES.map(name => {
  const { value, help } = OPTIONS[name]
  return `| \`--${flagOf(name)} ${value}\` | \`${variableOf(name)}\` | ${help} | \`${DEFAULTS[name]}\` |`.replace(
    '``',
    '',
  )
})
const options = ['| flag | variable | what it does | default |', '| --- | --- | --- | --- |', ...optionRows].join('\n')

/** Folders as one box each; the packages of Node and npm left out. */
const importGraph = (): string => {
  const layers = '^(schemas/|src/(api|control|domain|simulation|store|world)/)'
  const args = ['src', 'schemas', '--output-type', 'mermaid', '--collapse', layers, '--include-only', '^(src|schemas)/']
  return `\`\`\`mermaid\n${execFileSync('depcruise', args, { encoding: 'utf8' }).trim()}\n\`\`\``
}

/** The text of a file with what stands between two markers replaced. */
const between = (path: string, marker: string, part: string): string =>
  readFileSync(fileOf(path), 'utf8').replace(
    new RegExp(`(<!-- ${marker} -->\n)[^]*?(<!-- /${marker} -->)`),
    (_all, start: string, end: string) => `${start}${part}\n${end}`,
  )

const schema = { $schema: 'https://json-schema.org/draft/2020-12/schema', ...State }

const wanted = {
  'README.md': between('README.md', 'options', options),
  'docs/architecture.md': between('docs/architecture.md', 'imports', importGraph()),
  'fixtures/state.schema.json': `${JSON.stringify(schema, null, 2)}\n`,
}

const stale = Object.entries(wanted).filter(([path, text]) => readFileSync(fileOf(path), 'utf8') !== text)
if (argv.includes('--check')) {
  if (stale.length > 0) stderr.write(`out of date: ${stale.map(([path]) => path).join(', ')}; run npm run docs\n`)
  exit(stale.length > 0 ? 1 : 0)
}
for (const [path, text] of stale) writeFileSync(fileOf(path), text)
