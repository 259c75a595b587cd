import { useSignal } from '@preact/signals'
import { useId } from 'preact/hooks'
import type { Coverage } from '../../../schemas/control/evidence.ts'
import type { RequestExpectation } from '../../../schemas/control/journal.ts'
import { operationWords } from '../../data/words.ts'
import { SelectField, TextField } from '../../parts/field.tsx'
import { withCount, withField } from './expectation.ts'

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']
const ANY = { value: '', label: 'any' }

interface FormProps {
  readonly expectation: RequestExpectation
  readonly coverage: Coverage | undefined
  readonly onChange: (expectation: RequestExpectation) => void
}

export function ExpectationForm({ expectation, coverage, onChange }: FormProps) {
  const { operation, method, path, status, query, body, count } = expectation
  const operations = (coverage?.operations ?? []).map(one => ({
    value: one.operation,
    label: `${operationWords(one.operation)} (${one.method})`,
  }))
  const set = (field: Parameters<typeof withField>[1], value: unknown): void =>
    onChange(withField(expectation, field, value))
  const setCount = (bound: 'min' | 'max', text: string): void => onChange(withCount(expectation, bound, numberIn(text)))
  return (
    <div class="verify-form">
      <div class="fields">
        <SelectField
          label="Operation"
          value={operation ?? ''}
          options={[ANY, ...operations.toSorted((a, b) => a.label.localeCompare(b.label))]}
          onChoose={value => set('operation', value || undefined)}
        />
        <SelectField
          label="Method"
          value={method ?? ''}
          options={[ANY, ...METHODS.map(value => ({ value, label: value }))]}
          onChoose={value => set('method', value || undefined)}
        />
      </div>
      <div class="fields">
        <TextField
          label="Status"
          isNumber
          size={4}
          placeholder="any"
          value={shownNumber(status)}
          onInput={text => set('status', numberIn(text))}
        />
        <TextField
          label="At least"
          isNumber
          size={4}
          placeholder={count?.max === undefined ? '1' : '0'}
          value={shownNumber(count?.min)}
          onInput={text => setCount('min', text)}
        />
        <TextField
          label="At most"
          isNumber
          size={4}
          placeholder="any"
          value={shownNumber(count?.max)}
          onInput={text => setCount('max', text)}
        />
      </div>
      <TextField
        label="Path"
        placeholder="any"
        hint="The whole path, without /client/v4 and without the query"
        value={path ?? ''}
        onInput={text => set('path', text || undefined)}
      />
      <JsonField
        label="Query"
        hint="These parameters; others may be there"
        value={query}
        onChange={value => set('query', value)}
      />
      <JsonField
        label="Body"
        hint="These keys; others may be there"
        value={body}
        onChange={value => set('body', value)}
      />
    </div>
  )
}

function numberIn(text: string): number | undefined {
  return /^\d+$/.test(text.trim()) ? Number(text) : undefined
}

function shownNumber(number: number | undefined): string {
  return number === undefined ? '' : String(number)
}

interface JsonFieldProps {
  readonly label: string
  readonly hint: string
  readonly value: unknown
  readonly onChange: (value: unknown) => void
}

/** Keeps what someone types until it is JSON. */
function JsonField({ label, hint, value, onChange }: JsonFieldProps) {
  const id = useId()
  const draft = useSignal<string | undefined>(undefined)
  const text = draft.value ?? (value === undefined ? '' : JSON.stringify(value, null, 2))
  const error = errorIn(text)
  const onInput = (typed: string): void => {
    draft.value = typed
    if (errorIn(typed) === undefined) onChange(typed.trim() === '' ? undefined : JSON.parse(typed))
  }
  return (
    <div class="field wide">
      <label for={id}>{label}</label>
      <textarea
        id={id}
        rows={Math.min(14, Math.max(2, text.split('\n').length))}
        spellcheck={false}
        placeholder="any"
        value={text}
        aria-invalid={error !== undefined}
        onInput={({ currentTarget }) => onInput(currentTarget.value)}
        onBlur={() => {
          if (error === undefined) draft.value = undefined
        }}
      />
      <span class="field-hint" role={error === undefined ? undefined : 'alert'}>
        {error ?? hint}
      </span>
    </div>
  )
}

function errorIn(text: string): string | undefined {
  if (text.trim() === '') return undefined
  try {
    JSON.parse(text)
    return undefined
  } catch (cause) {
    return `Not JSON yet: ${cause instanceof Error ? cause.message : cause}`
  }
}
