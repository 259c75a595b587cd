import { action, perform } from '../data/act.ts'
import { call } from '../data/control.ts'
import { worldName } from '../data/place.ts'
import { useResource } from '../data/resource.ts'
import { UNDO_SNAPSHOT } from '../data/words.ts'
import { AskButton } from '../parts/ask-button.tsx'
import { Button } from '../parts/button.tsx'
import { enterWorld } from './enter-world.ts'

const SOURCES = [
  { from: 'seed', label: 'Seed' },
  { from: 'empty', label: 'Empty' },
  { from: 'current', label: 'Copy of this world' },
] as const

/** Creates a world and goes there. Without a name, the server chooses one. */
export function NewWorld({ name, isTaken }: { name: string; isTaken: boolean }) {
  const snapshots = useResource(() => call('listSnapshots'), { changes: ({ type }) => type.startsWith('snapshot_') })
  const saved = (snapshots.data ?? []).filter(one => one.name !== UNDO_SNAPSHOT)
  const actionFor = (from: string) =>
    name === '' ? action('createWorld', { from }) : action('createWorldAs', { id: name, from })
  const create = async (from: string): Promise<void> => {
    const made = await perform(actionFor(from))
    if (made) enterWorld(made.id)
  }
  return (
    <section class="new-world">
      <h3>New world{name === '' || isTaken ? '' : ` “${name}”`} from</h3>
      <p class="row">
        {[...SOURCES, ...saved.map(one => ({ from: one.name, label: `Snapshot ${one.name}` }))].map(
          ({ from, label }) => (
            <Button key={from} label={label} isDisabled={isTaken} onPress={() => void create(from)} />
          ),
        )}
      </p>
      {worldName !== 'main' && (
        <AskButton
          label={`Delete ${worldName}`}
          icon="trash"
          action={action('deleteWorld', { id: worldName })}
          question={`Delete ${worldName} with its data?`}
          onDone={() => enterWorld('main')}
        />
      )}
    </section>
  )
}
