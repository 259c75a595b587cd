/** Where the targets of ⌘K come from. */
import { action, perform } from '../data/act.ts'
import { call } from '../data/control.ts'
import { type Target, targetsOfTunnels } from '../data/jump-targets.ts'
import { move } from '../data/move.ts'
import { href } from '../data/route.ts'
import { canAct, tunnels } from '../data/store.ts'
import { clock } from '../data/time.ts'
import { operationWords } from '../data/words.ts'
import { PAGES } from '../pages/pages.ts'
import { open } from './opened.ts'
import { isPresenting, togglePresentation } from './presenting.ts'
import { theme } from './theme.tsx'

/** What is known without asking: pages, tunnels, actions. */
export function staticTargets(): readonly Target[] {
  return [
    ...(canAct.value ? clockTargets() : []),
    ...PAGES.filter(page => !page.isHidden?.()).map(
      ({ name, path, key }): Target => ({ kind: 'Page', name, ...(key && { detail: `g ${key}` }), run: `#/${path}` }),
    ),
    ...targetsOfTunnels(tunnels.value, id => href(['tunnels', id])),
    ...(canAct.value ? [...stepTargets(), ...connectorTargets()] : []),
    ...viewTargets(),
  ]
}

function clockTargets(): readonly Target[] {
  const { frozen, next_due } = clock.value ?? {}
  return [
    ...(next_due
      ? [{ kind: 'Action', name: 'Next event', words: 'clock due', run: () => move({ set: next_due }) } as const]
      : []),
    frozen
      ? { kind: 'Action', name: 'Resume the clock', run: () => move({ resume: true }) }
      : { kind: 'Action', name: 'Freeze the clock', run: () => move({ freeze: true }) },
  ]
}

const STEPS = ['10s', '1m', '5m', '1h', '1d'] as const

function stepTargets(): readonly Target[] {
  return STEPS.map(step => ({
    kind: 'Action',
    name: `+${step}`,
    detail: 'Advance the clock',
    words: 'clock',
    run: () => move({ advance: step }),
  }))
}

/** Breaks the first connector that is live, brings back the first that is not. */
function connectorTargets(): readonly Target[] {
  return tunnels.value.flatMap(({ account_id, tunnel_id, name, connectors }): Target[] => {
    const isLive = (connector: (typeof connectors)[number]): boolean =>
      connector.connections.some(({ state }) => state === 'live')
    const live = connectors.find(isLive)
    const away = connectors.find(connector => connector.kind === 'simulated' && !isLive(connector))
    const of = (connector_id: string) => ({ account_id, tunnel_id, connector_id })
    return [
      ...(live
        ? [
            {
              kind: 'Action',
              name: `Break ${name}`,
              detail: `drops connector ${live.id.slice(0, 8)}`,
              run: () => void perform(action('disconnectConnector', { ...of(live.id), graceful: false })),
            } as const,
          ]
        : []),
      ...(away
        ? [
            {
              kind: 'Action',
              name: `Reconnect ${name}`,
              detail: `connector ${away.id.slice(0, 8)}`,
              run: () => void perform(action('reconnectConnector', of(away.id))),
            } as const,
          ]
        : []),
    ]
  })
}

function viewTargets(): readonly Target[] {
  return [
    {
      kind: 'Action',
      name: isPresenting.value ? 'End the presentation' : 'Presentation',
      words: 'present demo',
      run: togglePresentation,
    },
    { kind: 'Action', name: 'Keys', words: 'keyboard shortcuts help', run: () => open('keys') },
    { kind: 'Action', name: 'Switch the world', words: 'worlds create', run: () => open('worlds') },
    ...(['light', 'dark', 'system'] as const).map(
      (name): Target => ({
        kind: 'Action',
        name: `Theme: ${name}`,
        run: () => {
          theme.value = name
        },
      }),
    ),
  ]
}

let behaviours: Promise<readonly Target[]> | undefined

/** The catalogue does not change while a server runs. */
export function behaviourTargets(): Promise<readonly Target[]> {
  behaviours ??= call('getCoverage').then(
    coverage => [
      ...new Map(
        coverage.behaviours.map(({ id, evidence, statement }) => [
          id,
          { kind: 'Behaviour', name: id, detail: evidence, words: statement, run: href(['evidence', id]) } as const,
        ]),
      ).values(),
    ],
    () => [],
  )
  return behaviours
}

const REQUEST_ID = /^#?(\d+)$/
const RAY = /^[0-9a-f]{12,16}(-[A-Z]{3})?$/i

/** A request by its id, or by the ray of its response. */
export async function requestTargets(text: string): Promise<readonly Target[]> {
  const [, id] = REQUEST_ID.exec(text.trim()) ?? []
  try {
    if (id !== undefined) return [targetOf(await call('getRequest', { id: Number(id) }))]
    if (RAY.test(text.trim())) return (await entriesWithRay(text.trim())).map(targetOf)
  } catch {
    // There is no such request.
  }
  return []
}

async function entriesWithRay(ray: string): Promise<readonly Entry[]> {
  const entries = await call('listRequests', { limit: 300 })
  return entries.filter(({ answer_headers }) => answer_headers?.['cf-ray']?.startsWith(ray))
}

interface Entry {
  readonly id: number
  readonly method: string
  readonly path: string
  readonly operation: string | null
  readonly status: number | null
}

function targetOf({ id, method, path, operation, status }: Entry): Target {
  const name = operation === null ? `${method} ${path}` : operationWords(operation)
  return {
    kind: 'Request',
    name: `#${id} ${name}`,
    detail: String(status ?? 'no response'),
    run: href(['requests', String(id)]),
  }
}
