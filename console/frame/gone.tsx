import { live } from '../data/live.ts'
import { consoleUrl, world, worldName } from '../data/place.ts'
import { Icon } from '../parts/icon.tsx'

/** The world was deleted while someone looked at it: what was last seen stays below. */
export function Gone() {
  const { message } = live.value
  return (
    <div class="banner gone" role="alert">
      <Icon name="lock" size={18} />
      <p>
        The server says: {message}.{world !== undefined && ` What you see is the last state of ${worldName}.`}
      </p>
      {world !== undefined && (
        <a class="button" href={consoleUrl('main', '#/worlds')}>
          Go to the main world
        </a>
      )}
    </div>
  )
}
