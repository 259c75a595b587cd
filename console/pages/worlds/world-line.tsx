import { useEffect, useRef } from 'preact/hooks'
import type { WorldSummary } from '../../../schemas/control/world.ts'
import { action, say } from '../../data/act.ts'
import { asError } from '../../data/as-error.ts'
import { callIn } from '../../data/control.ts'
import { consoleUrl, server, worldName } from '../../data/place.ts'
import { quoted } from '../../data/quote.ts'
import { href } from '../../data/route.ts'
import { millis } from '../../data/time.ts'
import { enterWorld } from '../../frame/enter-world.ts'
import { AskButton } from '../../parts/ask-button.tsx'
import { copyText } from '../../parts/copy-menu.tsx'
import { count, dateOf, timeOf, visible } from '../../parts/format.ts'
import { Icon } from '../../parts/icon.tsx'
import { Menu } from '../../parts/menu.tsx'
import { StatusCounts } from '../../parts/status-counts.tsx'
import { exportLines, lifeOf, originWords, roughly } from './words.ts'

const MAIN = 'main'

interface WorldLineProps {
  readonly world: WorldSummary
  /** In milliseconds of `Date.now()`. */
  readonly readAt: number
  readonly idleMs: number
  readonly isNew: boolean
}

export function WorldLine({ world, readAt, idleMs, isNew }: WorldLineProps) {
  const { id, statuses, requests, faults, frozen, from, created_at } = world
  const life = lifeOf(world, Date.now(), idleMs)
  const at = millis(world.now) + (frozen ? 0 : Date.now() - readAt)
  const line = useRef<HTMLLIElement>(null)
  useEffect(() => {
    if (isNew) line.current?.scrollIntoView({ block: 'nearest' })
  }, [isNew])
  return (
    <li ref={line} class={isNew ? 'new' : ''} aria-current={id === worldName ? 'true' : undefined}>
      <div class="world-head">
        <a class="line-title" data-row href={consoleUrl(id)}>
          {id}
        </a>{' '}
        {id === worldName && <span class="this-world">this one</span>}
        <p class="quiet-text facts-row">
          {from !== null && <span>{visible(originWords(from))}</span>}
          {created_at !== null && <span>{roughly(Date.now() - millis(created_at))} old</span>}
        </p>
      </div>
      <div>
        <StatusCounts counts={statuses} />
        <p class="quiet-text facts-row">
          <span>{count(requests, 'request')}</span>
          {faults > 0 && (
            <span class="with-icon degraded">
              <Icon name="faults" size={13} />
              {count(faults, 'fault')}
            </span>
          )}
        </p>
      </div>
      <div>
        <time>{timeOf(at)}</time>
        <p class="quiet-text facts-row">
          <span>{dateOf(at)}</span>
          {frozen && (
            <span class="with-icon frozen-mark">
              <Icon name="pause" size={13} />
              frozen
            </span>
          )}
        </p>
      </div>
      <div class="world-life">
        {life && <span class={life.isBusy ? 'busy' : ''}>{life.text}</span>}
        <p class="quiet-text facts-row">
          {life?.left !== undefined ? (
            <>
              <span class={life.left < 0.1 ? 'degraded' : ''}>{life.end}</span>
              <span class="share" aria-hidden="true">
                <i style={{ width: `${100 * life.left}%` }} />
              </span>
            </>
          ) : (
            id === MAIN && <span>stays</span>
          )}
        </p>
      </div>
      <WorldActions world={world} />
    </li>
  )
}

function WorldActions({ world }: { world: WorldSummary }) {
  const { id, base_url } = world
  const place = id === MAIN ? '' : ` --world ${quoted(id)}`
  return (
    <div class="line-actions">
      <Menu label={`Copy for ${id}`} button={<Icon name="copy" size={14} />}>
        {() => [
          { label: 'Copy the base URL', onPress: () => void copyText(base_url) },
          { label: 'Copy the export lines', onPress: () => void copyExports(world) },
          {
            label: 'Copy the command of a shell',
            onPress: () => void copyText(`eval "$(mockflared env --url ${server}${place})"`),
          },
          { label: 'Copy the link to its console', onPress: () => void copyText(consoleUrl(id)) },
        ]}
      </Menu>
      {id === MAIN ? (
        <a class="button" href={href(['snapshots'])}>
          Reset…
        </a>
      ) : (
        <AskButton
          action={action('deleteWorld', { id })}
          label="Delete"
          name={`Delete ${id}`}
          question={`Delete ${id} with its data?`}
          onDone={() => (id === worldName ? enterWorld(MAIN) : undefined)}
        />
      )}
    </div>
  )
}

async function copyExports(world: WorldSummary): Promise<void> {
  try {
    await copyText(exportLines(world, await callIn(world.id === MAIN ? undefined : world.id, 'getInfo')))
  } catch (cause) {
    say(asError(cause).message, { kind: 'failed' })
  }
}
