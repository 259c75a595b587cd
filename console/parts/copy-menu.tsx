import { useSignal } from '@preact/signals'
import { type Action, say } from '../data/act.ts'
import { Icon } from './icon.tsx'
import { Menu } from './menu.tsx'

/** Copies an action as text that does the same. `of` names the action. */
export function CopyMenu({ action, of }: { action: Action; of: string }) {
  return (
    <Menu label={`Copy “${of}” as`} button={<Icon name="down" size={14} />} kind="attached">
      {async () => {
        const { copiesOf } = await import('../data/copy.ts')
        return copiesOf(action).map(({ name, text }) => ({ label: `Copy as ${name}`, onPress: () => copyText(text) }))
      }}
    </Menu>
  )
}

/** `navigator.clipboard` exists only over HTTPS and on this machine. */
export async function copyText(text: string): Promise<void> {
  try {
    if (!navigator.clipboard) throw new Error('not a secure context')
    await navigator.clipboard.writeText(text)
  } catch {
    copyBySelection(text)
  }
  say(`Copied: ${text.length > 80 ? `${text.slice(0, 80)}…` : text}`)
}

function copyBySelection(text: string): void {
  const field = document.createElement('textarea')
  field.value = text
  field.className = 'off-screen'
  document.body.append(field)
  field.select()
  document.execCommand('copy')
  field.remove()
}

/** An id or a command with a button that copies it. */
export function Copyable({ text, label, shown = text }: { text: string; label: string; shown?: string }) {
  const isCopied = useSignal(false)
  const copy = async (): Promise<void> => {
    await copyText(text)
    isCopied.value = true
    setTimeout(() => {
      isCopied.value = false
    }, 1_500)
  }
  return (
    <span class="copyable">
      <code>{shown}</code>
      <button
        type="button"
        class="button quiet icon-only small"
        aria-label={`Copy ${label}`}
        onClick={() => void copy()}
      >
        <Icon name={isCopied.value ? 'check' : 'copy'} size={14} />
      </button>
    </span>
  )
}
