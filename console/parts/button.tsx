import type { ComponentChildren } from 'preact'
import { OPERATIONS, type OperationName } from '../../schemas/control/operations.ts'
import { type Action, perform } from '../data/act.ts'
import { canAct, isWatching } from '../data/store.ts'
import { CopyMenu } from './copy-menu.tsx'
import { Icon, type IconName } from './icon.tsx'

export interface ButtonProps {
  readonly label: string
  /** Longer than the label, which it contains, where several buttons have the same label. */
  readonly name?: string
  readonly icon?: IconName
  /** Shows the icon alone; the label stays its name. */
  readonly isIconOnly?: boolean
  readonly kind?: 'plain' | 'primary' | 'danger' | 'quiet'
  readonly isDisabled?: boolean
  readonly isPressed?: boolean
  readonly title?: string
  readonly onPress: () => void
  /** What the key c copies while the button has the focus. */
  readonly copied?: Action
  readonly children?: ComponentChildren
}

export function Button({
  label,
  name = label,
  icon,
  isIconOnly,
  kind = 'plain',
  isDisabled,
  isPressed,
  title,
  onPress,
  copied,
}: ButtonProps) {
  return (
    <button
      type="button"
      class={`button ${kind}${isIconOnly ? ' icon-only' : ''}`}
      disabled={isDisabled}
      aria-pressed={isPressed}
      aria-label={isIconOnly || name !== label ? name : undefined}
      title={title ?? (isIconOnly ? name : undefined)}
      onClick={onPress}
      onFocusIn={({ currentTarget }) => copied && remember(currentTarget, copied)}
    >
      {icon && <Icon name={icon} />}
      {!isIconOnly && <span>{label}</span>}
    </button>
  )
}

interface ActionButtonProps<Name extends OperationName>
  extends Pick<ButtonProps, 'label' | 'name' | 'icon' | 'kind' | 'isDisabled' | 'title'> {
  readonly action: Action<Name>
  /** Instead of only running the action. */
  readonly onPress?: () => void
}

/** A button that runs an operation, with a menu that copies it as curl, command and TypeScript. */
export function ActionButton<Name extends OperationName>({ action, onPress, ...button }: ActionButtonProps<Name>) {
  const run = onPress ?? (() => void perform(action))
  const isReading = OPERATIONS[action.operation].route[0] === 'GET'
  if (isWatching.value && !isReading) return null
  return (
    <span class="action-button" onFocusIn={({ currentTarget }) => remember(currentTarget, action as Action)}>
      <Button {...button} isDisabled={button.isDisabled || !(canAct.value || isReading)} onPress={run} />
      <CopyMenu action={action as Action} of={button.name ?? button.label} />
    </span>
  )
}

let latest: { readonly place: Element; readonly action: Action } | undefined

function remember(place: Element, action: Action): void {
  latest = { place, action }
}

/** The action of the button that has the focus. */
export function focusedAction(): Action | undefined {
  return latest?.place.contains(document.activeElement) ? latest.action : undefined
}
