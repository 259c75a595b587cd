/** What a button does: one operation of the control plane, which it can also show. */
import { signal } from '@preact/signals'
import type { Control, Input, Result } from '../../schemas/control/control.ts'
import type { OperationName } from '../../schemas/control/operations.ts'
import { asError } from './as-error.ts'
import { call } from './control.ts'
import { refresh } from './store.ts'

export interface Action<Name extends OperationName = OperationName> {
  readonly operation: Name
  readonly input: Input<Name>
}

export function action<Name extends OperationName>(operation: Name, input: Input<Name>): Action<Name> {
  return { operation, input }
}

export interface Notice {
  readonly id: number
  readonly text: string
  readonly kind: 'done' | 'failed'
  /** A button in the notice, such as Undo. */
  readonly offer?: { readonly label: string; readonly run: () => void } | undefined
}

/** What the page says at its foot; the newest last. */
export const notices = signal<readonly Notice[]>([])

let lastNotice = 0

export function say(text: string, rest: Partial<Pick<Notice, 'kind' | 'offer'>> = {}): void {
  lastNotice += 1
  notices.value = [...notices.value.slice(-2), { id: lastNotice, text, kind: 'done', ...rest }]
}

/** Code that is loaded when it is needed is missing when the server is away. */
export function sayNotLoaded(): void {
  say('A part of the page could not be loaded. Try again, or load the console again.', { kind: 'failed' })
}

export function dismiss(id: number): void {
  notices.value = notices.value.filter(notice => notice.id !== id)
}

/**
 * Runs an action. A refusal is shown word for word, at the foot unless a form has a place for it;
 * then the result is undefined.
 */
export async function perform<Name extends OperationName>(
  { operation, input }: Action<Name>,
  onRefused: (error: Error) => void = ({ message }) => say(message, { kind: 'failed' }),
): Promise<Result<Name> | undefined> {
  try {
    const result = await call(operation, ...([input] as unknown as Parameters<Control[Name]>))
    refresh()
    return result as Result<Name>
  } catch (cause) {
    onRefused(asError(cause))
    return undefined
  }
}
