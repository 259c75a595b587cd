import type { OverviewPolicy, PolicyRule } from '../../../schemas/control/access-overview.ts'
import { visible } from '../../parts/format.ts'
import { selectorsOf } from './rule-words.ts'

interface PolicyRulesProps {
  readonly policy: Pick<OverviewPolicy, 'include' | 'require' | 'exclude'>
  readonly nameOf: (id: string) => string | undefined
}

/** Who must meet what. */
export function PolicyRules({ policy: { include, require, exclude }, nameOf }: PolicyRulesProps) {
  return (
    <dl class="policy-rules">
      <Rules label="include" rules={include} nameOf={nameOf} />
      <Rules label="require" rules={require} nameOf={nameOf} />
      <Rules label="exclude" rules={exclude} nameOf={nameOf} />
    </dl>
  )
}

interface RulesProps extends Pick<PolicyRulesProps, 'nameOf'> {
  readonly label: string
  readonly rules: readonly PolicyRule[]
}

function Rules({ label, rules, nameOf }: RulesProps) {
  if (rules.length === 0) return null
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        {selectorsOf(rules, nameOf).map(({ selector, values }, nth) => (
          <span key={selector}>
            {nth > 0 && (label === 'require' ? ' and ' : ' or ')}
            {visible(selector)} {values.length > 0 && <b>{values.map(visible).join(', ')}</b>}
          </span>
        ))}
      </dd>
    </div>
  )
}
