import { useSignal } from '@preact/signals'
import { action, perform, say } from '../../data/act.ts'
import { call } from '../../data/control.ts'
import { worldName } from '../../data/place.ts'
import { BEFORE_REPLACEMENT } from '../../data/replace.ts'
import { useResource } from '../../data/resource.ts'
import { query, setQuery } from '../../data/route.ts'
import { UNDO_SNAPSHOT } from '../../data/words.ts'
import { ActionButton } from '../../parts/button.tsx'
import { SelectField, TextField } from '../../parts/field.tsx'
import { Panel } from '../../parts/page.tsx'
import { Refusal } from '../../parts/states.tsx'

const OWN_SNAPSHOTS = [BEFORE_REPLACEMENT, UNDO_SNAPSHOT]

/** `from` of the URL says what the new world starts with. */
export function CreateWorld({ onMade }: { onMade: (id: string) => void }) {
  const name = useSignal('')
  const refusal = useSignal<string | undefined>(undefined)
  const { data: snapshots = [] } = useResource(() => call('listSnapshots'), {
    changes: ({ type }) => type.startsWith('snapshot_'),
  })
  const from = query.value.get('from') ?? 'seed'
  const create = name.value === '' ? action('createWorld', { from }) : action('createWorldAs', { id: name.value, from })
  const run = async (): Promise<void> => {
    refusal.value = undefined
    const made = await perform<'createWorld' | 'createWorldAs'>(create, error => {
      refusal.value = error.message
    })
    if (!made) return
    name.value = ''
    say(`Created the world ${made.id}`)
    onMade(made.id)
  }
  return (
    <Panel title="New world">
      <div class="fields in-line">
        <TextField
          label="Name"
          size={22}
          placeholder="the server chooses one"
          value={name.value}
          onInput={text => {
            name.value = text.trim()
            refusal.value = undefined
          }}
        />
        <SelectField
          label="Starts with"
          value={from}
          options={[
            { value: 'seed', label: 'the seed' },
            { value: 'empty', label: 'nothing' },
            { value: 'current', label: `a copy of ${worldName}, as it is now` },
            ...snapshots
              .filter(snapshot => snapshot.name === from || !OWN_SNAPSHOTS.includes(snapshot.name))
              .map(snapshot => ({ value: snapshot.name, label: `the snapshot ${snapshot.name}` })),
          ]}
          onChoose={value => setQuery({ from: value === 'seed' ? undefined : value })}
        />
        <ActionButton action={create} label="Create" icon="plus" kind="primary" onPress={() => void run()} />
      </div>
      {refusal.value !== undefined && <Refusal message={refusal.value} />}
    </Panel>
  )
}
