/** The whole world as a file: download it, or replace the world by one. */
import { useSignal } from '@preact/signals'
import type { Input } from '../../../schemas/control/control.ts'
import { action, say } from '../../data/act.ts'
import { asError } from '../../data/as-error.ts'
import { call } from '../../data/control.ts'
import { controlUrl, worldName } from '../../data/place.ts'
import { quoted } from '../../data/quote.ts'
import { replaceWorld } from '../../data/replace.ts'
import { canAct, isWatching } from '../../data/store.ts'
import { exactNow } from '../../data/time.ts'
import { ActionButton, Button } from '../../parts/button.tsx'
import { Copyable } from '../../parts/copy-menu.tsx'
import { dateOf, visible } from '../../parts/format.ts'
import { Panel } from '../../parts/page.tsx'
import { saveFile } from '../../parts/save-file.ts'
import { Refusal } from '../../parts/states.tsx'
import { listOf } from './loss-words.ts'
import { useLosses } from './losses.ts'
import { excerptAt, placeIn, sectionsOf } from './place.ts'

interface Upload {
  readonly file: string
  readonly state: unknown
}

export function StateFile() {
  const upload = useSignal<Upload | undefined>(undefined)
  const refusal = useSignal<string | undefined>(undefined)

  const choose = async (file: File | undefined): Promise<void> => {
    if (!file) return
    refusal.value = undefined
    upload.value = undefined
    try {
      upload.value = { file: file.name, state: JSON.parse(await file.text()) }
    } catch (cause) {
      refusal.value = `${file.name} is not JSON: ${asError(cause).message}`
    }
  }
  const onDrop = (event: DragEvent): void => {
    event.preventDefault()
    if (canAct.value) void choose(event.dataTransfer?.files[0])
  }
  return (
    <Panel title="The whole world as a file">
      <fieldset class="file-place" aria-label="State file" onDragOver={allow} onDrop={onDrop}>
        <ActionButton
          action={action('getState', {})}
          label="Download the state"
          icon="download"
          onPress={() => void download()}
        />
        {!isWatching.value && (
          <>
            <label class={`button${canAct.value ? '' : ' disabled'}`}>
              Choose a state file…
              <input
                class="off-screen"
                type="file"
                accept=".json,application/json"
                disabled={!canAct.value}
                onChange={({ currentTarget }) => {
                  void choose(currentTarget.files?.[0])
                  currentTarget.value = ''
                }}
              />
            </label>
            <span class="quiet-text">or drop one here</span>
          </>
        )}
      </fieldset>
      <p class="quiet-text small-text">
        <b>The file holds secrets</b>: those of tunnels, connectors and tokens, in clear. It has the format of seeds, so
        it can be one.
      </p>
      {upload.value && <Replace upload={upload.value} onDone={() => (upload.value = undefined)} refusal={refusal} />}
      {refusal.value !== undefined && <StateRefusal message={refusal.value} state={upload.value?.state} />}
    </Panel>
  )
}

function allow(event: DragEvent): void {
  event.preventDefault()
}

interface ReplaceProps {
  readonly upload: Upload
  readonly refusal: { value: string | undefined }
  readonly onDone: () => void
}

function Replace({ upload: { file, state }, refusal, onDone }: ReplaceProps) {
  const losses = useLosses()
  const sections = sectionsOf(state)
  const replace = async (): Promise<void> => {
    refusal.value = undefined
    const replacement = action('putState', state as Input<'putState'>)
    const isDone = await replaceWorld(replacement, `The world is that of ${file}.`, error => {
      refusal.value = error.message
    })
    if (isDone) onDone()
  }
  return (
    <div class="meaning">
      <p>
        <b>{visible(file)}</b> has {sections.length === 0 ? 'nothing in it' : listOf(sections)}. It replaces all data of
        the world {worldName}
        {losses.length > 0 && <>, which also loses {listOf(losses)}</>}.
      </p>
      <p class="row">
        <Button label="Replace the world" kind="danger" isDisabled={!canAct.value} onPress={() => void replace()} />
        <Button label="Keep the world" onPress={onDone} />
      </p>
      <Copyable text={`curl -X PUT ${controlUrl}/state --data-binary ${quoted(`@${file}`)}`} label="as curl" />
    </div>
  )
}

/** What the server refused, and the place in the file. */
function StateRefusal({ message, state }: { message: string; state: unknown }) {
  const place = placeIn(message)
  return (
    <>
      <Refusal message={message} />
      {place && state !== undefined && (
        <figure>
          <figcaption class="quiet-text">
            At <code>{place.join(' › ')}</code>:
          </figcaption>
          <pre class="excerpt">{visibleLines(excerptAt(state, place))}</pre>
        </figure>
      )}
    </>
  )
}

function visibleLines(text: string): string {
  return text.split('\n').map(visible).join('\n')
}

async function download(): Promise<void> {
  try {
    const text = JSON.stringify(await call('getState'), null, 2)
    const name = `mockflared-${worldName}-${dateOf(exactNow())}.json`
    saveFile(name, text, 'application/json')
    say(`${name} holds secrets: treat it like a password`)
  } catch (cause) {
    say(asError(cause).message, { kind: 'failed' })
  }
}
