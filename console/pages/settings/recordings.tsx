import { closeRecording, opened, openRecording, saveRecording } from '../../data/recording/files.ts'
import { Button } from '../../parts/button.tsx'
import { Icon } from '../../parts/icon.tsx'
import { Panel } from '../../parts/page.tsx'

export function Recordings() {
  return (
    <Panel title="Recordings">
      <ul class="lines">
        <li>
          <p class="line-text">
            <span class="line-title">Save what you see</span>
            <span class="facts-row quiet-text">
              One JSON file with the tunnels, request log, events, faults and evidence of this world. It holds no
              secret.
            </span>
          </p>
          <Button label="Save a recording" icon="download" onPress={() => void saveRecording()} />
        </li>
        <li>
          <p class="line-text">
            <span class="line-title">Open a recording</span>
            <span class="facts-row quiet-text">
              These pages show it, and change nothing. You can also drop the file on any page. It is not uploaded.
            </span>
          </p>
          {opened.value ? (
            <Button label="Close the recording" icon="close" onPress={closeRecording} />
          ) : (
            <label class="button">
              <Icon name="upload" />
              Choose a recording…
              <input
                class="off-screen"
                type="file"
                accept=".json,application/json"
                onChange={({ currentTarget }) => {
                  const [file] = currentTarget.files ?? []
                  if (file) void openRecording(file)
                  currentTarget.value = ''
                }}
              />
            </label>
          )}
        </li>
      </ul>
    </Panel>
  )
}
