import type { Report } from '../../schemas/control/evidence.ts'
import { type Evidence, LABELS } from '../../schemas/evidence.ts'
import { type Catalogue, weaknessOf } from './catalogue.ts'

/** A behaviour that shaped responses: the number of them, and the request of the first. */
export interface UsedBehaviour {
  readonly behaviour: string
  readonly responses: number
  readonly first: string
}

/** An operation that we do not emulate: the number of requests for it, and the first of them. */
export interface NotEmulated {
  readonly operation: string
  readonly responses: number
  readonly first: string
}

type Line = Report['behaviours'][number]

/** The message lists each behaviour with these labels, since they may be wrong. */
const UNCERTAIN: readonly Evidence[] = ['assumed', 'inferred']

export function reportOf(
  { behaviours: catalogued }: Catalogue,
  responses: number,
  used: readonly UsedBehaviour[],
  asked: readonly NotEmulated[],
): Report {
  const behaviours = used.flatMap(({ behaviour, responses, first }) => {
    const known = catalogued.get(behaviour)
    if (!known) return []
    const { evidence, statement, source } = known
    return [{ id: behaviour, evidence, statement, source, answers: responses, first }]
  })
  const notEmulated = asked.map(({ operation, responses, first }) => ({ operation, answers: responses, first }))
  return reportFrom(responses, behaviours, notEmulated)
}

/** One report of those of several servers. */
export function mergeReports(reports: readonly Report[]): Report {
  const sum = reports.reduce((total, { answers }) => total + answers, 0)
  const behaviours = merged(
    reports.flatMap(report => report.behaviours),
    ({ id }) => id,
  )
  const notEmulated = merged(
    reports.flatMap(report => report.not_emulated),
    ({ operation }) => operation,
  )
  return reportFrom(sum, behaviours, notEmulated)
}

/** One line for each key, the first, with the number of responses of all. */
function merged<Counted extends { answers: number }>(
  lines: readonly Counted[],
  keyOf: (line: Counted) => string,
): Counted[] {
  return [...Map.groupBy(lines, keyOf).values()].flatMap(([first, ...others]) =>
    first === undefined
      ? []
      : [{ ...first, answers: others.reduce((total, { answers }) => total + answers, first.answers) }],
  )
}

function reportFrom(answers: number, used: readonly Line[], notEmulated: Report['not_emulated']): Report {
  const behaviours = used.toSorted((a, b) => weaknessOf(b.evidence) - weaknessOf(a.evidence) || b.answers - a.answers)
  return {
    answers,
    summary: summaryOf(behaviours, notEmulated),
    message: messageOf(answers, behaviours, notEmulated),
    behaviours,
    not_emulated: notEmulated,
  }
}

/** The behaviours with this label or a less certain one. */
export function atLeastAsUncertainAs(label: Evidence, { behaviours }: Report): readonly Line[] {
  return behaviours.filter(({ evidence }) => weaknessOf(evidence) >= weaknessOf(label))
}

function summaryOf(behaviours: readonly Line[], notEmulated: Report['not_emulated']): string {
  const assumed = behaviours.filter(({ evidence }) => evidence === 'assumed')
  const operations = notEmulated.map(({ operation }) => operation).join(', ')
  return [
    [headOf('assumed', assumed), assumed.map(({ id }) => id).join(', ')].filter(Boolean).join(' '),
    ...(operations ? [`not emulated: ${operations}`] : []),
  ].join('; ')
}

function messageOf(responses: number, behaviours: readonly Line[], notEmulated: Report['not_emulated']): string {
  if (responses === 0) return 'no requests yet'

  const of = (label: Evidence) => behaviours.filter(({ evidence }) => evidence === label)
  const certain = LABELS.filter(label => !UNCERTAIN.includes(label)).map(label => `${of(label).length} ${label}`)
  return [
    ...UNCERTAIN.flatMap(label => [headOf(label, of(label)), ...of(label).flatMap(linesOf)]),
    `and ${certain.join(', ')} behaviours, in ${counted(responses, 'response')}`,
    ...(notEmulated.length > 0 ? ['operations requested that are not emulated (docs/limits.md):'] : []),
    ...notEmulated.map(
      ({ operation, answers, first }) => `  ${operation}: ${counted(answers, 'response')}, the first to ${first}`,
    ),
  ].join('\n')
}

function headOf(label: Evidence, behaviours: readonly Line[]): string {
  return behaviours.length === 0 ? `no ${label} behaviour used` : `${label} behaviours used:`
}

function linesOf({ id, statement, answers, first }: Line): string[] {
  return [`  ${id}: ${statement}`, `    ${counted(answers, 'response')}, the first to ${first}`]
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
