/** Switches that can be on together. One tab stop, arrow keys move. */
import { useSignal } from '@preact/signals'

interface ToggleChoice<Name extends string> {
  readonly name: Name
  readonly label: string
  readonly count?: number | undefined
}

interface TogglesProps<Name extends string> {
  readonly label: string
  readonly choices: readonly ToggleChoice<Name>[]
  readonly isOn: (name: Name) => boolean
  readonly onToggle: (name: Name) => void
}

export function Toggles<Name extends string>({ label, choices, isOn, onToggle }: TogglesProps<Name>) {
  const current = useSignal(0)
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    if (step === undefined) return
    event.preventDefault()
    current.value = (current.value + step + choices.length) % choices.length
    ;(event.currentTarget as HTMLElement).querySelectorAll('button')[current.value]?.focus()
  }
  return (
    <fieldset class="chips toggles" aria-label={label} onKeyDown={onKeyDown}>
      {choices.map(({ name, label, count }, index) => (
        <button
          key={name}
          type="button"
          aria-pressed={isOn(name)}
          tabIndex={index === current.value ? 0 : -1}
          onClick={() => {
            current.value = index
            onToggle(name)
          }}
        >
          {label}
          {count !== undefined && <b>{count}</b>}
        </button>
      ))}
    </fieldset>
  )
}
