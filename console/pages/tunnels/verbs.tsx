/** What can be done to the connectors of a tunnel, in a sheet beside its row. */
import { useSignal } from '@preact/signals'
import { useLayoutEffect, useRef } from 'preact/hooks'
import type { Connector } from '../../../schemas/control/connector.ts'
import type { OverviewTunnel } from '../../../schemas/control/overview.ts'
import { type Action, perform } from '../../data/act.ts'
import { href } from '../../data/route.ts'
import { canAct, tunnelOf } from '../../data/store.ts'
import { Button } from '../../parts/button.tsx'
import { addingTo, type ConnectorVerb, verbsOf } from '../../parts/connector-verbs.ts'
import { CopyMenu } from '../../parts/copy-menu.tsx'
import { visible } from '../../parts/format.ts'
import { Icon } from '../../parts/icon.tsx'
import { Dots } from '../../picture/dots.tsx'
import { trackedIn } from '../../picture/tracked.ts'
import { moveFocus } from './move-focus.ts'
import { shownVerbs } from './verbs-open.ts'

/** Connectors that are gone can reconnect, but only the latest are of interest. */
const MOST_CONNECTORS = 6

/** Who broke a connector wants to bring it back. By tunnel. */
const lastActedOn = new Map<string, string>()

export function Verbs() {
  const open = shownVerbs.value
  const tunnel = open && tunnelOf(open.tunnel_id)
  return open && tunnel ? <Sheet key={open.tunnel_id} tunnel={tunnel} button={open.button} /> : null
}

function Sheet({ tunnel, button }: { tunnel: OverviewTunnel; button: HTMLElement }) {
  const sheet = useRef<HTMLDivElement>(null)
  const chosen = useSignal(lastActedOn.get(tunnel.tunnel_id))
  const connectors = connectorsOf(tunnel)
  const connector = connectors.find(({ id }) => id === chosen.value) ?? connectors[0]
  const name = visible(tunnel.name)

  useLayoutEffect(() => {
    const element = sheet.current
    if (!element) return
    element.showPopover()
    putBeside(element, button)
    element.querySelector<HTMLElement>('.verb:not(:disabled)')?.focus()
  }, [])

  const close = (): void => {
    shownVerbs.value = undefined
    button.focus()
  }
  const run = (action: Action): void => {
    if (connector) lastActedOn.set(tunnel.tunnel_id, connector.id)
    close()
    void perform(action)
  }
  return (
    <div
      class="verbs"
      popover="auto"
      role="dialog"
      aria-label={`Connectors of ${name}`}
      ref={sheet}
      onKeyDown={event => {
        if (event.key !== 'Escape') return
        event.preventDefault()
        event.stopPropagation()
        close()
      }}
      onToggle={event => {
        if (event.newState === 'closed' && shownVerbs.value?.button === button) close()
      }}
    >
      <header class="verbs-head">
        <b class="cut">{name}</b>
        <Button label="Close" icon="close" isIconOnly kind="quiet" onPress={close} />
      </header>
      {connectors.length > 1 && (
        <ConnectorChoice
          connectors={connectors}
          chosen={connector?.id}
          onChoose={id => {
            chosen.value = id
          }}
        />
      )}
      <ul onKeyDown={moveFocus}>
        {[...(connector ? verbsOf(tunnel, connector) : []), addingTo(tunnel)].map(verb => (
          <VerbLine key={verb.label} verb={verb} onPress={() => run(verb.action)} />
        ))}
      </ul>
      <p class="verbs-more">
        <a href={href(['tunnels', tunnel.tunnel_id], { add: '1' })}>Add a connector with other settings…</a>
      </p>
    </div>
  )
}

function VerbLine({ verb: { label, icon, meaning, action, isPossible }, onPress }: VerbLineProps) {
  return (
    <li>
      <button type="button" class="verb" disabled={!isPossible || !canAct.value} onClick={onPress}>
        <Icon name={icon} size={18} />
        <b>{label}</b>
        <span>{meaning}</span>
      </button>
      <CopyMenu action={action} of={label} />
    </li>
  )
}

interface VerbLineProps {
  readonly verb: ConnectorVerb
  readonly onPress: () => void
}

interface ConnectorChoiceProps {
  readonly connectors: readonly Connector[]
  readonly chosen: string | undefined
  readonly onChoose: (id: string) => void
}

function ConnectorChoice({ connectors, chosen, onChoose }: ConnectorChoiceProps) {
  return (
    <fieldset class="verbs-connectors">
      <legend class="off-screen">Connector</legend>
      {connectors.map(connector => (
        <label key={connector.id}>
          <input
            type="radio"
            name="connector"
            checked={connector.id === chosen}
            onChange={() => onChoose(connector.id)}
          />
          <Dots connector={connector} />
          <code>{connector.id.slice(-4)}</code>
          <span class="off-screen">{trackedIn(connector).length} connections</span>
        </label>
      ))}
    </fieldset>
  )
}

/** Those with connections first, then the latest of the others. */
function connectorsOf({ connectors }: OverviewTunnel): readonly Connector[] {
  const [tracked, gone] = [true, false].map(is => connectors.filter(one => trackedIn(one).length > 0 === is))
  return [...(tracked ?? []), ...(gone ?? []).slice(-2)].slice(0, MOST_CONNECTORS)
}

const MARGIN = 8
const PHONE = 600

/** On a phone the style puts it at the foot of the screen. */
function putBeside(element: HTMLElement, button: HTMLElement): void {
  const { right, bottom, top } = button.getBoundingClientRect()
  const { width, height } = element.getBoundingClientRect()
  const below = bottom + 4
  const isBelow = below + height + MARGIN <= innerHeight
  if (innerWidth <= PHONE) return
  element.style.left = `${Math.max(right - width, MARGIN)}px`
  element.style.top = `${isBelow ? below : Math.max(top - 4 - height, MARGIN)}px`
}
