/** Which requests, registrations or connections a rule matches. */
import { useSignal } from '@preact/signals'
import type { EdgeFaultRule } from '../../../schemas/control/edge-fault.ts'
import { readCoverage } from '../../data/catalogue.ts'
import { overview, tunnels } from '../../data/store.ts'
import { operationWords } from '../../data/words.ts'
import { type FieldOption, SelectField, TextField } from '../../parts/field.tsx'
import { visible } from '../../parts/format.ts'
import { stageOf } from './edge-sentence.ts'
import { type Rule, shown, typed } from './rule.ts'

export interface MatchFieldsProps {
  readonly rule: Rule
  readonly change: (key: string, value: unknown) => void
}

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']

export function MatchFields({ rule, change }: MatchFieldsProps) {
  const operations = useSignal<readonly FieldOption[] | undefined>(undefined)
  /** The list is long, so it is read when someone needs it. Without it the field takes any text. */
  const loadOperations = async (): Promise<void> => {
    if (operations.value) return
    const { operations: known } = await readCoverage().catch(() => ({ operations: [] }))
    operations.value = known.map(({ operation }) => ({ value: operation, label: operationWords(operation) }))
  }
  return (
    <>
      <TextField
        label="Operation"
        size={30}
        placeholder="any"
        value={shown(rule.operation)}
        suggestions={operations.value ?? []}
        onFocus={() => void loadOperations()}
        onInput={text => change('operation', typed(text))}
      />
      <SelectField
        label="Method"
        value={shown(rule.method)}
        options={options('any', METHODS)}
        onChoose={value => change('method', typed(value))}
      />
      <TextField
        label="Path"
        size={22}
        placeholder="/accounts/*/cfd_tunnel/**"
        value={shown(rule.path)}
        onInput={text => change('path', typed(text))}
      />
      <TunnelField rule={rule} change={change} />
      {(overview.value?.accounts.length ?? 0) > 1 && (
        <SelectField
          label="Account"
          value={shown(rule.account_id)}
          options={[
            { value: '', label: 'any' },
            ...(overview.value?.accounts ?? []).map(({ id, name }) => ({ value: id, label: visible(name) })),
          ]}
          onChoose={value => change('account_id', typed(value))}
        />
      )}
    </>
  )
}

export function EdgeMatchFields({ rule, change }: MatchFieldsProps) {
  const isOfRequests = stageOf(rule.effect as unknown as EdgeFaultRule['effect']) === 'request'
  return (
    <>
      <TunnelField rule={rule} change={change} />
      <TextField
        label="Connector"
        size={16}
        placeholder="any id"
        value={shown(rule.connector_id)}
        onInput={text => change('connector_id', typed(text))}
      />
      <SelectField
        label="Index of the connection"
        value={shown(rule.conn_index)}
        options={options('any', ['0', '1', '2', '3'])}
        onChoose={value => change('conn_index', typed(value, true))}
      />
      {isOfRequests && (
        <>
          <TextField
            label="Hostname"
            size={20}
            placeholder="any"
            value={shown(rule.hostname)}
            onInput={text => change('hostname', typed(text))}
          />
          <TextField
            label="Path"
            size={16}
            placeholder="/images/**"
            value={shown(rule.path)}
            onInput={text => change('path', typed(text))}
          />
        </>
      )}
    </>
  )
}

function TunnelField({ rule, change }: MatchFieldsProps) {
  return (
    <SelectField
      label="Tunnel"
      value={shown(rule.tunnel_id)}
      options={[
        { value: '', label: 'any' },
        ...tunnels.value.map(({ tunnel_id, name }) => ({ value: tunnel_id, label: visible(name) })),
      ]}
      onChoose={value => change('tunnel_id', typed(value))}
    />
  )
}

function options(whenNone: string, values: readonly string[]): readonly FieldOption[] {
  return [{ value: '', label: whenNone }, ...values.map(value => ({ value, label: value }))]
}
