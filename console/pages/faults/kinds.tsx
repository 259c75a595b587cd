/** The two kinds of faults: of the API, and of the edge. Both are shown by the same parts. */
import type { ComponentType } from 'preact'
import type { EdgeFaultRule } from '../../../schemas/control/edge-fault.ts'
import type { FaultRule } from '../../../schemas/control/fault.ts'
import { type Action, action } from '../../data/act.ts'
import { href } from '../../data/route.ts'
import { nameOfTunnel } from '../../data/store.ts'
import { edgeSentenceOf, edgeSymptomOf, stageOf } from './edge-sentence.ts'
import { EDGE_EFFECT_FORMS, EFFECT_FORMS, type EffectForm } from './effects.ts'
import { EdgeMatchFields, MatchFields, type MatchFieldsProps } from './match-fields.tsx'
import { EDGE_PRESETS, PRESETS } from './presets.ts'
import type { Rule } from './rule.ts'
import { sentenceOf, symptomOf } from './sentence.ts'

export interface FaultKind {
  /** What faults act on, in the plural. */
  readonly target: string
  readonly whenNone: string
  readonly presets: Readonly<Record<string, readonly Rule[]>>
  readonly effects: readonly EffectForm[]
  readonly first: Rule
  readonly Match: ComponentType<MatchFieldsProps>
  readonly sentence: (rule: Rule) => string
  /** What a client sees. */
  readonly symptom: (rule: Rule) => string
  readonly targetOf: (rule: Rule) => string
  /** Where the requests are that faults acted on; undefined: they are in no log. */
  readonly hitsHref?: () => string
  readonly add: (rule: Rule) => Action
  readonly addPreset: (preset: string) => Action
  readonly remove: (id: string) => Action
  readonly clear: Action
}

export const API_FAULTS: FaultKind = {
  target: 'requests',
  whenNone: 'No faults: every request behaves',
  presets: PRESETS,
  effects: EFFECT_FORMS,
  first: { method: 'POST', nth: 3, effect: { error: { status: 429, code: 971, retry_after: 1 } } },
  Match: MatchFields,
  sentence: rule => sentenceOf(rule as unknown as FaultRule, nameOfTunnel),
  symptom: ({ effect }) => symptomOf(effect as unknown as FaultRule['effect']),
  targetOf: () => 'requests',
  hitsHref: () => href(['requests'], { fault: '1' }),
  add: rule => action('addFault', rule as unknown as FaultRule),
  addPreset: preset => action('addFault', { preset: preset as keyof typeof PRESETS }),
  remove: id => action('removeFault', { id }),
  clear: action('clearFaults', {}),
}

export const EDGE_FAULTS: FaultKind = {
  target: 'matches',
  whenNone: 'No faults: the edge and the gateway behave',
  presets: EDGE_PRESETS,
  effects: EDGE_EFFECT_FORMS,
  first: { times: 1, effect: { drop_connection: { after_ms: 5_000 } } },
  Match: EdgeMatchFields,
  sentence: rule => edgeSentenceOf(rule as unknown as EdgeFaultRule, nameOfTunnel),
  symptom: ({ effect }) => edgeSymptomOf(effect as unknown as EdgeFaultRule['effect']),
  targetOf: ({ effect }) => `${stageOf(effect as unknown as EdgeFaultRule['effect'])}s`,
  add: rule => action('addEdgeFault', rule as unknown as EdgeFaultRule),
  addPreset: preset => action('addEdgeFault', { preset: preset as keyof typeof EDGE_PRESETS }),
  remove: id => action('removeEdgeFault', { id }),
  clear: action('clearEdgeFaults', {}),
}
