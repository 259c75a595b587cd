/**
 * Writes what follows from the code: the table of options, the import graph, how each behaviour is
 * known and the JSON Schemas of seeds, of the configuration file and of the chart. With `--check`
 * it writes nothing, and fails when a part is out of date.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { argv, exit, stderr } from 'node:process'
import { switchCosts, worldCosts } from '../bench/costs.ts'
import { readResults, tableOf } from '../bench/results.ts'
import { defaultTextOf, flagTermOf, modelOf, OPTION_NAMES, spellingsOf, variableOf } from '../src/config/options.ts'
import { PRODUCTS } from '../src/resources/products.ts'
import { chartValuesSchema } from './chart-values.ts'
import { FIDELITY } from './fidelity.ts'
import { importGraph } from './import-graph.ts'
import { configFileSchema } from './options-schema.ts'

function fileOf(path: string): URL {
  return new URL(`../${path}`, import.meta.url)
}

const optionRows = OPTION_NAMES.map(name => {
  const [spelling] = spellingsOf(name)
  const { description } = modelOf(name)
  const cells = [`\`${flagTermOf(name)}\``, `\`${variableOf(spelling)}\``, description, `\`${defaultTextOf(name)}\``]
  return `| ${cells.join(' | ')} |`.replace('``', '')
})
const options = ['| flag | variable | what it does | default |', '| --- | --- | --- | --- |', ...optionRows].join('\n')

/** The text of a file with what stands between its markers replaced, by marker. */
function filled(path: string, parts: Readonly<Record<string, string>>): string {
  return Object.entries(parts).reduce(
    (text, [marker, part]) =>
      text.replace(
        new RegExp(`(<!-- ${marker} -->\n)[^]*?(<!-- /${marker} -->)`),
        (_all, start: string, end: string) => `${start}${part}\n${end}`,
      ),
    readFileSync(fileOf(path), 'utf8'),
  )
}

function schemaFile(schema: object): string {
  return `${JSON.stringify({ $schema: 'https://json-schema.org/draft/2020-12/schema', ...schema }, null, 2)}\n`
}

const results = readResults()

const wanted = {
  'README.md': filled('README.md', { options }),
  'bench/README.md': filled('bench/README.md', { table: tableOf(results) }),
  'docs/costs.md': filled('docs/costs.md', { worlds: worldCosts(results), switches: switchCosts(results) }),
  'docs/architecture.md': filled('docs/architecture.md', { imports: importGraph() }),
  'docs/fidelity.md': filled('docs/fidelity.md', FIDELITY),
  'fixtures/state.schema.json': schemaFile(PRODUCTS.data.model),
  'fixtures/options.schema.json': schemaFile(configFileSchema()),
  'charts/mockflared/values.schema.json': schemaFile(chartValuesSchema()),
}

const stale = Object.entries(wanted).filter(([path, text]) => readFileSync(fileOf(path), 'utf8') !== text)
if (argv.includes('--check')) {
  if (stale.length > 0) stderr.write(`out of date: ${stale.map(([path]) => path).join(', ')}; run npm run docs\n`)
  exit(stale.length > 0 ? 1 : 0)
}
for (const [path, text] of stale) writeFileSync(fileOf(path), text)
