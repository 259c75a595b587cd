/** ⌘K: goes to anything by name, and does what the frame can do. */
import { useSignal } from '@preact/signals'
import { useEffect, useId } from 'preact/hooks'
import { found, type Target } from '../data/jump-targets.ts'
import { go } from '../data/route.ts'
import { Dialog } from '../parts/dialog.tsx'
import { visible } from '../parts/format.ts'
import { FindField } from './find-field.tsx'
import { behaviourTargets, requestTargets, staticTargets } from './jump-sources.ts'
import { close, closed } from './opened.ts'

export function Jump() {
  const text = useSignal('')
  const at = useSignal(0)
  const more = useSignal<readonly Target[]>([])
  const requests = useSignal<readonly Target[]>([])
  const id = useId()

  useEffect(() => {
    void behaviourTargets().then(targets => {
      more.value = targets
    })
  }, [])
  useEffect(() => {
    let isCurrent = true
    void requestTargets(text.value).then(targets => {
      if (isCurrent) requests.value = targets
    })
    return () => {
      isCurrent = false
    }
  }, [text.value])

  const all = [...requests.value, ...found([...staticTargets(), ...(text.value === '' ? [] : more.value)], text.value)]
  const chosen = all[Math.min(at.value, all.length - 1)]
  const run = ({ run: does }: Target): void => {
    close()
    if (typeof does === 'string') go(does)
    else does()
  }
  return (
    <Dialog label="Jump to" kind="jump" onClose={() => closed('jump')}>
      <FindField
        label="Jump to"
        icon="explain"
        placeholder="A tunnel, hostname, request, page or action"
        text={text}
        listId={id}
        chosenId={chosen && `${id}-${all.indexOf(chosen)}`}
        onInput={() => {
          at.value = 0
        }}
        onMove={step => {
          if (all.length > 0) at.value = (Math.min(at.value, all.length - 1) + step + all.length) % all.length
        }}
        onEnter={() => chosen && run(chosen)}
      />
      <div id={id} class="options" role="listbox" aria-label="Results">
        {all.map((target, index) => (
          <Result
            key={`${target.kind} ${target.name} ${target.detail}`}
            id={`${id}-${index}`}
            target={target}
            isChosen={target === chosen}
            onPress={() => run(target)}
          />
        ))}
      </div>
      {all.length === 0 && (
        <p class="jump-none">Nothing has this name. Requests are found by id, such as #12, or by ray.</p>
      )}
    </Dialog>
  )
}

interface ResultProps {
  readonly id: string
  readonly target: Target
  readonly isChosen: boolean
  readonly onPress: () => void
}

function Result({ id, target: { kind, name, detail }, isChosen, onPress }: ResultProps) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field above has the focus and hears the keys.
    <div id={id} role="option" aria-selected={isChosen} tabIndex={-1} onClick={onPress} ref={isChosen ? reveal : null}>
      <span class="kind">{kind}</span>
      <b class="cut">{visible(name)}</b>
      {detail && <span class="quiet-text cut">{visible(detail)}</span>}
    </div>
  )
}

function reveal(element: Element | null): void {
  element?.scrollIntoView({ block: 'nearest' })
}
