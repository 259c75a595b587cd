/** Fields of forms, each with its label. */
import type { VNode } from 'preact'
import { useId } from 'preact/hooks'

interface FieldProps {
  readonly label: string
  /** A short line below the field. */
  readonly hint?: string | undefined
  readonly isDisabled?: boolean | undefined
  /** Of as many characters; otherwise as wide as its place. */
  readonly size?: number
}

interface TextFieldProps extends FieldProps {
  readonly value: string
  readonly onInput: (value: string) => void
  readonly placeholder?: string | undefined
  /** Telephones show digits to type. */
  readonly isNumber?: boolean | undefined
  /** Offered while one types; any other text is allowed. */
  readonly suggestions?: readonly FieldOption[]
  readonly onFocus?: () => void
}

export function TextField({
  label,
  hint,
  isDisabled,
  value,
  onInput,
  isNumber,
  suggestions,
  ...input
}: TextFieldProps) {
  return (
    <Labelled label={label} hint={hint}>
      {id => (
        <>
          <input
            {...input}
            id={id}
            type="text"
            inputMode={isNumber ? 'decimal' : 'text'}
            value={value}
            list={suggestions && `${id}-list`}
            disabled={isDisabled}
            autocomplete="off"
            spellcheck={false}
            onInput={({ currentTarget }) => onInput(currentTarget.value)}
          />
          {suggestions && (
            <datalist id={`${id}-list`}>
              {suggestions.map(option => (
                <option key={option.value} value={option.value}>
                  {option.label}
                </option>
              ))}
            </datalist>
          )}
        </>
      )}
    </Labelled>
  )
}

export interface FieldOption {
  readonly value: string
  readonly label: string
}

interface SelectFieldProps extends FieldProps {
  readonly value: string
  readonly options: readonly FieldOption[]
  readonly onChoose: (value: string) => void
}

export function SelectField({ label, hint, isDisabled, value, options, onChoose }: SelectFieldProps) {
  return (
    <Labelled label={label} hint={hint}>
      {id => (
        <select
          id={id}
          value={value}
          disabled={isDisabled}
          onChange={({ currentTarget }) => onChoose(currentTarget.value)}
        >
          {options.map(option => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Labelled>
  )
}

interface CheckFieldProps extends FieldProps {
  readonly isChecked: boolean
  readonly onChange: (isChecked: boolean) => void
}

export function CheckField({ label, isDisabled, isChecked, onChange }: CheckFieldProps) {
  return (
    <label class="check">
      <input
        type="checkbox"
        checked={isChecked}
        disabled={isDisabled}
        onChange={({ currentTarget }) => onChange(currentTarget.checked)}
      />
      <span>{label}</span>
    </label>
  )
}

interface LabelledProps extends Pick<FieldProps, 'label' | 'hint'> {
  readonly children: (id: string) => VNode
}

function Labelled({ label, hint, children }: LabelledProps) {
  const id = useId()
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {children(id)}
      {hint !== undefined && <span class="field-hint">{hint}</span>}
    </div>
  )
}
