import { useLayoutEffect, useRef } from 'preact/hooks'
import type { EdgePicture } from './edge-layout.ts'
import { animate } from './motion.ts'

/** What the pointer or the focus is at: its cables stay, the others fade. */
export interface Lit {
  readonly tunnel_id?: string | undefined
  readonly colo?: string | undefined
}

export function isLit(lit: Lit | undefined, at: { readonly tunnel_id: string; readonly colo?: string }): boolean {
  return lit === undefined || lit.tunnel_id === at.tunnel_id || (lit.colo !== undefined && lit.colo === at.colo)
}

interface CablesProps {
  readonly picture: EdgePicture
  readonly width: number
  readonly lit: Lit | undefined
  /** Ids of connections whose cables grow from their tunnel to the data center. */
  readonly fresh: ReadonlySet<string>
}

const GROW_MS = 500

/** The same facts stand in the text of each row. */
export function Cables({ picture: { cables, sockets, height }, width, lit, fresh }: CablesProps) {
  const svg = useRef<SVGSVGElement>(null)
  useLayoutEffect(() => {
    for (const cable of svg.current?.querySelectorAll<SVGElement>('.cable.live') ?? []) {
      if (fresh.has(cable.dataset.id ?? '')) animate(cable, { strokeDasharray: ['0 1', '1 0'] }, GROW_MS)
    }
  }, [fresh])
  const pending = cables.filter(({ state }) => state === 'pending')
  const faded = (cable: (typeof cables)[number]): string => (isLit(lit, cable) ? '' : ' faded')
  return (
    <svg class="cables" ref={svg} width={width} height={height} aria-hidden="true">
      {sockets.map(({ tunnel_id, y, height: size, isEmpty }) => (
        <rect
          key={tunnel_id}
          class={`socket${isEmpty ? ' empty' : ''}`}
          x={isEmpty ? 1 : 0}
          y={y - size / 2}
          width={isEmpty ? 6 : 5}
          height={isEmpty ? 6 : size}
          rx={isEmpty ? 3 : 2.5}
        />
      ))}
      <g>
        {cables.map(
          cable =>
            cable.state === 'live' && (
              <path
                key={cable.id}
                class={`cable live${faded(cable)}`}
                data-id={cable.id}
                d={cable.path}
                pathLength={1}
              />
            ),
        )}
      </g>
      <g>
        {pending.map(cable => (
          <path key={cable.id} class={`cable halo${faded(cable)}`} d={cable.path} />
        ))}
      </g>
      <g>
        {pending.map(cable => (
          <path key={cable.id} class={`cable pending${faded(cable)}`} d={cable.path} />
        ))}
      </g>
    </svg>
  )
}
