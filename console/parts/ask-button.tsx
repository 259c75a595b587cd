import { useSignal } from '@preact/signals'
import { useLayoutEffect, useRef } from 'preact/hooks'
import type { OperationName } from '../../schemas/control/operations.ts'
import { type Action, perform } from '../data/act.ts'
import { ActionButton, Button, type ButtonProps } from './button.tsx'

interface AskButtonProps<Name extends OperationName>
  extends Pick<ButtonProps, 'label' | 'name' | 'icon' | 'isDisabled'> {
  readonly action: Action<Name>
  /** Names what is lost, such as “Delete job-1 with its data?” */
  readonly question: string
  /** Instead of only running the action. Resolves with whether it was done. */
  readonly run?: () => Promise<boolean>
  readonly onDone?: () => void
}

/** A button for what cannot be undone: it asks once, in its own place. */
export function AskButton<Name extends OperationName>(props: AskButtonProps<Name>) {
  const { action, label, name = label, icon, isDisabled = false, question, run = () => done(action), onDone } = props
  const isAsking = useSignal(false)
  const place = useRef<HTMLFieldSetElement>(null)
  const wasAsking = useRef(false)

  // The focus goes to Cancel, since a key that is held down presses again.
  useLayoutEffect(() => {
    const button = isAsking.value ? ':scope > button:last-of-type' : 'button'
    if (isAsking.value !== wasAsking.current) place.current?.querySelector<HTMLElement>(button)?.focus()
    wasAsking.current = isAsking.value
  }, [isAsking.value])

  const close = (): void => {
    isAsking.value = false
  }
  const confirm = async (): Promise<void> => {
    const isDone = await run()
    close()
    if (isDone) onDone?.()
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !isAsking.value) return
    event.stopPropagation()
    close()
  }
  return (
    <fieldset class="ask" aria-label={isAsking.value ? question : name} ref={place} onKeyDown={onKeyDown}>
      {isAsking.value ? (
        <>
          <span class="ask-question">{question}</span>
          <Button label={label} kind="danger" isDisabled={isDisabled} onPress={() => void confirm()} />
          <Button label="Cancel" onPress={close} />
        </>
      ) : (
        <ActionButton
          action={action}
          label={label}
          name={name}
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

async function done<Name extends OperationName>(action: Action<Name>): Promise<boolean> {
  return (await perform(action)) !== undefined
}
