import { perform, say } from '../../data/act.ts'
import { ActionButton } from '../../parts/button.tsx'
import type { FaultKind } from './kinds.tsx'
import { OutcomeStrip } from './outcome-strip.tsx'
import type { Rule } from './rule.ts'
import type { Draft } from './selection.ts'

/** Each preset as a card: what it means, and what the client sees. */
export function PresetCards({ kind, level }: { kind: FaultKind; level: 'h3' }) {
  const Title = level
  return (
    <ul class="cards">
      {Object.entries(kind.presets).map(([name, rules]) => (
        <li key={name} class="card">
          <Title>{name}</Title>
          {rules.map((rule, index) => (
            <PresetRule key={index} kind={kind} rule={rule} />
          ))}
          <ActionButton
            action={kind.addPreset(name)}
            label="Add"
            name={`Add ${name}`}
            icon="plus"
            onPress={() => void add(kind, name)}
          />
        </li>
      ))}
      <li class="legend quiet-text">
        <OutcomeStrip rule={{ nth: 2 }} />
        <p>
          One sign for each of the first 12 {kind.target}: a cross where the fault acts, a dot where it does not, a
          dashed cross where it may.
        </p>
      </li>
    </ul>
  )
}

function PresetRule({ kind, rule }: { kind: FaultKind; rule: Rule }) {
  return (
    <>
      <p>{kind.sentence(rule)}</p>
      <OutcomeStrip rule={rule as Draft} />
      <p class="quiet-text symptom">{kind.symptom(rule)}</p>
    </>
  )
}

async function add(kind: FaultKind, name: string): Promise<void> {
  if (await perform(kind.addPreset(name))) say(`${name} is on.`)
}
