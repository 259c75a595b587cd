import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import type { OperationName } from '../../schemas/control/operations.ts'
import { type Action, perform } from '../data/act.ts'
import { ActionButton, Button, type ButtonProps } from './button.tsx'

interface AskButtonProps<Name extends OperationName> extends Pick<ButtonProps, 'label' | 'icon' | 'isDisabled'> {
  readonly action: Action<Name>
  /** Names what is lost, such as “Delete job-1 with its data?” */
  readonly question: string
  readonly onDone?: () => void
}

/** A button for what cannot be undone: it asks once, in its own place. */
export function AskButton<Name extends OperationName>(props: AskButtonProps<Name>) {
  const { action, label, icon, isDisabled = false, question, onDone } = props
  const isAsking = useSignal(false)
  const place = useRef<HTMLFieldSetElement>(null)
  const wasAsking = useRef(false)

  useEffect(() => {
    if (isAsking.value !== wasAsking.current) place.current?.querySelector('button')?.focus()
    wasAsking.current = isAsking.value
  }, [isAsking.value])

  const close = (): void => {
    isAsking.value = false
  }
  const run = async (): Promise<void> => {
    const result = await perform(action)
    close()
    if (result !== undefined) onDone?.()
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !isAsking.value) return
    event.stopPropagation()
    close()
  }
  return (
    <fieldset class="ask" aria-label={label} ref={place} onKeyDown={onKeyDown}>
      {isAsking.value ? (
        <>
          <span class="ask-question">{question}</span>
          <Button label={label} kind="danger" isDisabled={isDisabled} onPress={() => void run()} />
          <Button label="Keep" onPress={close} />
        </>
      ) : (
        <ActionButton
          action={action}
          label={label}
          {...(icon && { icon })}
          isDisabled={isDisabled}
          onPress={() => {
            isAsking.value = true
          }}
        />
      )}
    </fieldset>
  )
}
