import { ControlError } from '../../schemas/control/control-error.ts'

interface AnyRule {
  readonly effect: unknown
}

/** The rules of a request, which is one rule or a preset alone. */
export function rulesOf<Rule extends AnyRule, Preset extends string>(
  request: Partial<Rule> & { readonly preset?: Preset },
  presets: Readonly<Record<Preset, readonly Rule[]>>,
): readonly Rule[] {
  const { preset, ...rule } = request
  if (preset === undefined) {
    if (hasEffect<Rule>(rule)) return [rule]
    throw new ControlError('invalid', `a fault needs an effect, or is a preset: ${Object.keys(presets).join(', ')}`)
  }
  if (Object.keys(rule).length === 0) return presets[preset]
  throw new ControlError('invalid', `the preset ${preset} is asked for alone, without anything else`)
}

function hasEffect<Rule extends AnyRule>(rule: object): rule is Rule {
  return 'effect' in rule
}
