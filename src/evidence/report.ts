import type { Report } from '../../schemas/control/evidence.ts'
import { type Evidence, LABELS } from '../../schemas/evidence.ts'
import { type Catalogue, weaknessOf } from './catalogue.ts'

/** A behaviour that shaped responses: how many, and the request that got the first. */
export interface UsedBehaviour {
  readonly behaviour: string
  readonly answers: number
  readonly first: string
}

type Line = Report['behaviours'][number]

/** Those of which every use is told, since nobody outside Cloudflare can vouch for them. */
const DOUBTFUL: readonly Evidence[] = ['assumed', 'inferred']

export function reportOf(
  { behaviours: catalogued }: Catalogue,
  answers: number,
  used: readonly UsedBehaviour[],
): Report {
  const behaviours = used
    .flatMap(({ behaviour, ...counted }) => {
      const known = catalogued.get(behaviour)
      if (!known) return []
      const { evidence, statement, source } = known
      return [{ id: behaviour, evidence, statement, source, ...counted }]
    })
    .toSorted((a, b) => weaknessOf(b.evidence) - weaknessOf(a.evidence) || b.answers - a.answers)
  return { answers, summary: summaryOf(behaviours), message: messageOf(answers, behaviours), behaviours }
}

/** The behaviours that are as unsure as a label says, or more so. */
export function atLeastAsUncertainAs(label: Evidence, { behaviours }: Report): readonly Line[] {
  return behaviours.filter(({ evidence }) => weaknessOf(evidence) >= weaknessOf(label))
}

function summaryOf(behaviours: readonly Line[]): string {
  const assumed = behaviours.filter(({ evidence }) => evidence === 'assumed')
  return [headOf('assumed', assumed), assumed.map(({ id }) => id).join(', ')].filter(Boolean).join(' ')
}

function messageOf(answers: number, behaviours: readonly Line[]): string {
  if (answers === 0) return 'nothing was asked, so nothing was leaned on'

  const of = (label: Evidence) => behaviours.filter(({ evidence }) => evidence === label)
  const sure = LABELS.filter(label => !DOUBTFUL.includes(label)).map(label => `${of(label).length} ${label}`)
  return [
    ...DOUBTFUL.flatMap(label => [headOf(label, of(label)), ...of(label).flatMap(linesOf)]),
    `and on ${sure.join(', ')} ones; ${counted(answers, 'answer')} in all`,
  ].join('\n')
}

function headOf(label: Evidence, behaviours: readonly Line[]): string {
  return behaviours.length === 0
    ? `your suite leaned on no ${label} behaviour`
    : `your suite leaned on ${counted(behaviours.length, `${label} behaviour`)}:`
}

function linesOf({ id, statement, answers, first }: Line): string[] {
  return [`  ${id}: ${statement}`, `    ${counted(answers, 'answer')}, the first to ${first}`]
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
