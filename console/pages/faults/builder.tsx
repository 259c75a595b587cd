/** Builds a rule of one's own, and shows the sentence that it means. */
import { useSignal } from '@preact/signals'
import { perform, say } from '../../data/act.ts'
import { query, setQuery } from '../../data/route.ts'
import { ActionButton } from '../../parts/button.tsx'
import { Chips } from '../../parts/chips.tsx'
import { SelectField, TextField } from '../../parts/field.tsx'
import { visible } from '../../parts/format.ts'
import { Panel } from '../../parts/page.tsx'
import { Refusal } from '../../parts/states.tsx'
import type { EffectForm, EffectInput } from './effects.ts'
import type { FaultKind } from './kinds.tsx'
import { OutcomeStrip } from './outcome-strip.tsx'
import { type Rule, ruleFrom, shown, typed, withKey } from './rule.ts'
import type { Draft } from './selection.ts'

/** How many of the matching requests, and how long. */
const LIMITS: readonly EffectInput[] = [
  { key: 'nth', label: 'Only the nth', isNumber: true, size: 4, placeholder: 'all' },
  { key: 'every', label: 'Every nth', isNumber: true, size: 4, placeholder: '1' },
  { key: 'after', label: 'After the first', isNumber: true, size: 4, placeholder: '0' },
  { key: 'times', label: 'At most times', isNumber: true, size: 4, placeholder: 'no limit' },
  { key: 'ttl', label: 'For', size: 6, placeholder: 'ever' },
  { key: 'probability', label: 'Chance, 0 to 1', size: 5, placeholder: '1', isNumber: true },
]

/** The keys that go with every effect. Others, such as a hostname, may not fit a new one. */
const COMMON = new Set(['tunnel_id', 'connector_id', 'conn_index', ...LIMITS.map(({ key }) => key)])

export function Builder({ kind }: { kind: FaultKind }) {
  const { effects, Match, sentence, symptom, add, targetOf } = kind
  const refusal = useSignal<string | undefined>(undefined)
  const known = ruleFrom(query.value.get('rule'))
  const rule = known && effects.some(({ key }) => key in known.effect) ? known : kind.first
  const form = effects.find(({ key }) => key in rule.effect) ?? effects[0]

  const setRule = (next: Rule): void => {
    refusal.value = undefined
    setQuery({ rule: JSON.stringify(next) })
  }
  const change = (key: string, value: unknown): void => setRule(withKey(rule, key, value))
  const choose = (key: string): void => {
    const kept = Object.entries(rule).filter(([name]) => kind.target === 'requests' || COMMON.has(name))
    const effect = { [key]: effects.find(one => one.key === key)?.initial }
    setRule({ ...Object.fromEntries(kept), effect })
  }
  const run = async (): Promise<void> => {
    const added = await perform(add(rule), error => {
      refusal.value = error.message
    })
    if (added) say(`Added: ${textOf(sentence(rule))}`)
  }

  return (
    <Panel title="Build your own">
      <div class="builder">
        <h3>What happens</h3>
        <div class="fields">
          <Chips
            label="What happens"
            value={form?.key ?? ''}
            choices={effects.map(({ key, label }) => ({ value: key, label }))}
            onChoose={choose}
          />
        </div>
        {form && form.inputs.length > 0 && <EffectFields form={form} rule={rule} setRule={setRule} />}
        <h3>To which {targetOf(rule)}</h3>
        <div class="fields">
          <Match rule={rule} change={change} />
        </div>
        <h3>How many of them</h3>
        <div class="fields">
          {LIMITS.map(({ key = '', label, isNumber, size = 8, placeholder }) => (
            <TextField
              key={key}
              label={label}
              isNumber={isNumber}
              size={size}
              placeholder={placeholder}
              value={shown(rule[key])}
              onInput={text => change(key, typed(text, isNumber))}
            />
          ))}
        </div>
      </div>
      <div class="meaning">
        <p class="sentence" aria-live="polite">
          {visible(textOf(sentence(rule)))}
        </p>
        <OutcomeStrip rule={rule as Draft} />
        <p class="quiet-text">The client sees {visible(textOf(symptom(rule)))}.</p>
      </div>
      {refusal.value !== undefined && <Refusal message={refusal.value} />}
      <ActionButton action={add(rule)} label="Add this fault" kind="primary" onPress={() => void run()} />
    </Panel>
  )
}

interface EffectFieldsProps {
  readonly form: EffectForm
  readonly rule: Rule
  readonly setRule: (rule: Rule) => void
}

function EffectFields({ form, rule, setRule }: EffectFieldsProps) {
  const values = rule.effect[form.key]
  return (
    <div class="fields">
      {form.inputs.map(({ key, label, options, isNumber, size = 8, placeholder }) => {
        const change = (text: string): void => {
          const value = typed(text, isNumber)
          const effect = { [form.key]: key === undefined ? value : withKey(Object(values), key, value) }
          setRule({ ...rule, effect })
        }
        const value = shown(key === undefined ? values : Object(values)[key])
        return options ? (
          <SelectField key={label} label={label} value={value} options={options} onChoose={change} />
        ) : (
          <TextField
            key={label}
            label={label}
            value={value}
            isNumber={isNumber}
            size={size}
            placeholder={placeholder}
            onInput={change}
          />
        )
      })}
    </div>
  )
}

/** A value that is not typed yet has no text. */
function textOf(sentence: string): string {
  return sentence.replaceAll('undefined', '…')
}
