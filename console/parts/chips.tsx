import type { ComponentChildren } from 'preact'

interface Choice<Value extends string> {
  readonly value: Value
  readonly label: ComponentChildren
  readonly count?: number
}

interface ChipsProps<Value extends string> {
  readonly label: string
  readonly choices: readonly Choice<Value>[]
  readonly value: Value
  readonly onChoose: (value: Value) => void
}

/** One of a few: a filter or a way to look. One tab stop, arrow keys move. */
export function Chips<Value extends string>({ label, choices, value, onChoose }: ChipsProps<Value>) {
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    if (step === undefined) return
    const at = choices.findIndex(choice => choice.value === value)
    const next = choices[(at + step + choices.length) % choices.length]
    if (!next) return
    event.preventDefault()
    onChoose(next.value)
    const buttons = (event.currentTarget as HTMLElement).querySelectorAll('button')
    buttons[choices.indexOf(next)]?.focus()
  }
  return (
    <fieldset class="chips scrolls-sideways" aria-label={label} onKeyDown={onKeyDown}>
      {choices.map(choice => (
        <button
          key={choice.value}
          type="button"
          aria-pressed={choice.value === value}
          tabIndex={choice.value === value ? 0 : -1}
          onClick={() => onChoose(choice.value)}
        >
          {choice.label}
          {choice.count !== undefined && <b>{choice.count}</b>}
        </button>
      ))}
    </fieldset>
  )
}
