import type { Signal } from '@preact/signals'
import { Icon, type IconName } from '../parts/icon.tsx'

interface FindFieldProps {
  readonly label: string
  readonly icon: IconName
  readonly placeholder: string
  readonly text: Signal<string>
  /** Of the list of what was found. */
  readonly listId: string
  /** Of the entry that Enter chooses. */
  readonly chosenId: string | undefined
  readonly onInput: () => void
  /** To the next entry, or to the one before. */
  readonly onMove: (step: 1 | -1) => void
  readonly onEnter: () => void
}

/** Finds entries of a list. The focus stays here: arrow keys move in the list, Enter chooses. */
export function FindField(props: FindFieldProps) {
  const { label, icon, placeholder, text, listId, chosenId, onInput, onMove, onEnter } = props
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowDown') onMove(1)
    else if (event.key === 'ArrowUp') onMove(-1)
    else if (event.key === 'Enter') onEnter()
    else return
    event.preventDefault()
  }
  return (
    <p class="jump-field">
      <Icon name={icon} size={18} />
      <input
        type="text"
        role="combobox"
        aria-label={label}
        aria-expanded="true"
        aria-controls={listId}
        aria-activedescendant={chosenId}
        autocomplete="off"
        spellcheck={false}
        placeholder={placeholder}
        value={text.value}
        onInput={({ currentTarget }) => {
          text.value = currentTarget.value
          onInput()
        }}
        onKeyDown={onKeyDown}
      />
      <kbd>Esc</kbd>
    </p>
  )
}
