import { closeRecording, opened } from '../data/recording/files.ts'
import { Button } from '../parts/button.tsx'
import { visible } from '../parts/format.ts'
import { Icon } from '../parts/icon.tsx'

/** Says that the page shows a file. */
export function RecordingBanner() {
  const recording = opened.value
  if (!recording) return null

  const { world, saved_at } = recording
  return (
    <div class="banner" role="status">
      <Icon name="lock" size={18} />
      <p>
        A recording of the world <b>{visible(world)}</b>, saved at{' '}
        <b class="figures">{saved_at.slice(0, 19).replace('T', ' ')}</b> UTC. It can be looked at, not changed.
      </p>
      <Button label="Close the recording" onPress={closeRecording} />
    </div>
  )
}
