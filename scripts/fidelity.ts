/** The generated parts of docs/fidelity.md, so that no figure and no label there is by hand. */
import type { Coverage } from '../schemas/control/evidence.ts'
import { type Evidence, LABELS } from '../schemas/evidence.ts'
import { EDGE_EVIDENCE } from '../src/edge/evidence.ts'
import { EDGE_PRODUCTS } from '../src/edge/products.ts'
import { composeEmulator } from '../src/emulator/emulator.ts'
import type { ErrorDefinition } from '../src/evidence/types.ts'
import { GATEWAY_ERRORS } from '../src/gateway/errors.ts'
import { RESOURCES } from '../src/resources/index.ts'
import { blocksIn, sourcesIn } from '../test/support/evidence-sources.ts'

type Operation = Coverage['operations'][number]
type Field = Operation['fields']['answer'][number]

async function coverage(): Promise<Coverage> {
  await using emulator = await composeEmulator({ listen: false }, EDGE_PRODUCTS)
  return emulator.control.getCoverage()
}

const { operations, everywhere, behaviours, deviations } = await coverage()
const byId = new Map(behaviours.map(behaviour => [behaviour.id, behaviour]))

/** The test files of each behaviour. */
const testedIn = Map.groupBy(
  sourcesIn('test').flatMap(({ path, text }) => {
    const tags = new Set(blocksIn(text).flatMap(block => block.tags))
    return [...tags].map(id => ({ id, path }))
  }),
  ({ id }) => id,
)

const ERRORS = [GATEWAY_ERRORS, ...RESOURCES.map(({ errors }) => errors)].flatMap((one): ErrorDefinition[] =>
  Object.values(one),
)

const ERROR_TESTS = 'test/gateway/errors.test.ts'

function testsOf(id: string): string {
  return (testedIn.get(id)?.map(({ path }) => path) ?? [ERROR_TESTS])
    .map(path => `[${path.replace(/^test\/(?:api\/)?|\.test\.ts$/g, '')}](../${path})`)
    .join(', ')
}

function labelOf(id: string): Evidence {
  return byId.get(id)?.evidence ?? 'assumed'
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map(cells => `| ${cells.map(inCell).join(' | ')} |`).join('\n')
}

function inCell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ')
}

function counts(labels: readonly Evidence[]): string[] {
  return LABELS.map(label => String(labels.filter(one => one === label).length || ''))
}

function fieldsIn({ fields: { query, body, answer } }: Operation): readonly Field[] {
  return [...query, ...body, ...answer]
}

function nameOf({ method, path }: Operation): string {
  return `${method} ${path.replace('/accounts/:account_id/', '').replaceAll(/:(\w+)/g, '{$1}')}`
}

function anchorOf(title: string): string {
  return title
    .toLowerCase()
    .replaceAll(/[^\w -]/g, '')
    .replaceAll(' ', '-')
}

const overview = table(
  ['operation', ...LABELS.map(label => `${label}`)],
  [
    ...operations.map(operation => [
      `[${nameOf(operation)}](#${anchorOf(nameOf(operation))})`,
      ...counts([...operation.behaviours.map(labelOf), ...fieldsIn(operation).map(({ evidence }) => evidence)]),
    ]),
    ['[all of them](#every-operation)', ...counts(everywhere.behaviours.map(labelOf))],
    ['[errors](#errors)', ...counts(ERRORS.map(({ key }) => labelOf(key)))],
  ],
)

function behaviourTable(ids: readonly string[]): string {
  return table(
    ['id', 'evidence', 'behaviour', 'source', 'tests'],
    ids.map(id => [`\`${id}\``, labelOf(id), byId.get(id)?.statement ?? '', byId.get(id)?.source ?? '', testsOf(id)]),
  )
}

/** One line for each label, with the fields that have it. */
function fieldLines(fields: readonly Field[]): string {
  return LABELS.flatMap(label => {
    const names = fields.filter(({ evidence }) => evidence === label).map(({ field }) => `\`${field}\``)
    return names.length === 0 ? [] : [`- ${label}: ${names.join(', ')}`]
  }).join('\n')
}

function sectionOf(operation: Operation): string {
  return [
    `### ${nameOf(operation)}`,
    behaviourTable(operation.behaviours),
    'Fields:',
    fieldLines(fieldsIn(operation)),
  ].join('\n\n')
}

const errorTable = table(
  ['error', 'status', 'codes', 'evidence', 'source'],
  ERRORS.map(({ key: id, status, errors, evidence, source }) => {
    const codes = errors('').map(({ code }) => code)
    return [`\`${id}\``, String(status), codes.join(', '), evidence, source]
  }),
)

function listOf(label: Evidence): string {
  return behaviours
    .filter(({ evidence }) => evidence === label)
    .map(({ id, statement, untold }) => `- \`${id}\`: ${statement}${untold ? ` Not in the header: ${untold}.` : ''}`)
    .join('\n')
}

function shownSwitch(text: string | null): string {
  return text?.startsWith('--') ? `\`${text}\`` : (text ?? '')
}

/** The text between the markers of the page, by marker. */
export const FIDELITY = {
  overview,
  assumed: listOf('assumed'),
  inferred: listOf('inferred'),
  operations: operations.map(sectionOf).join('\n\n'),
  everywhere: [behaviourTable(everywhere.behaviours), 'Fields of the envelope:', fieldLines(everywhere.fields)].join(
    '\n\n',
  ),
  edge: behaviourTable(Object.keys(EDGE_EVIDENCE)),
  errors: errorTable,
  deviations: table(
    ['id', 'difference', 'reason', 'switch'],
    deviations.map(({ id, statement, reason, switch: off }) => [`\`${id}\``, statement, reason, shownSwitch(off)]),
  ),
}
