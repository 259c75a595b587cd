import { isLit, type Lit } from '../../picture/cables.tsx'
import { placeOf } from '../../picture/cities.ts'
import type { Cable, Center } from '../../picture/edge-layout.ts'
import { moveFocus } from './move-focus.ts'

interface CenterCardsProps {
  readonly centers: readonly Center[]
  readonly cables: readonly Cable[]
  readonly isNarrow: boolean
  readonly lit: Lit | undefined
  readonly onLight: (lit: Lit | undefined) => void
  /** The words of the find field: pressing a data center finds its tunnels. */
  readonly chosen: string
  readonly onChoose: (colo: string) => void
}

/** The data centers that connections lead to. */
export function CenterCards({ centers, cables, isNarrow, lit, onLight, chosen, onChoose }: CenterCardsProps) {
  const isFaded = ({ colo }: Center): boolean =>
    lit !== undefined && !cables.some(cable => cable.colo === colo && isLit(lit, cable))
  return (
    <ul class="centers" aria-label="Data centers" onKeyDown={moveFocus}>
      {centers.map((center, nth) => {
        const { code, number, city } = placeOf(center.colo)
        const { colo, live, pending } = center
        return (
          <li key={colo} style={{ top: `${center.y - center.height / 2}px`, height: `${center.height}px` }}>
            <button
              type="button"
              class={`center${isFaded(center) ? ' faded' : ''}`}
              tabIndex={nth === 0 ? 0 : -1}
              aria-pressed={chosen === colo}
              onPointerEnter={() => onLight({ colo })}
              onPointerLeave={() => onLight(undefined)}
              onFocus={() => onLight({ colo })}
              onBlur={() => onLight(undefined)}
              onClick={() => onChoose(colo)}
            >
              <span class="center-code">
                <b>{code}</b>
                {!isNarrow && number}
              </span>
              {!isNarrow && <span class="center-city cut">{city}</span>}
              {!isNarrow && <span class={`center-live${pending > 0 ? ' degraded' : ''}`}>{live}</span>}
              {!isNarrow && pending > 0 && (
                <span class="center-pending degraded">
                  <svg class="dots" width={8} height={8} aria-hidden="true">
                    <circle class="pending" cx={4} cy={4} r={2.9} />
                  </svg>
                  {pending}
                </span>
              )}
              <span class="off-screen">
                {isNarrow && `${city ?? ''}, ${live}`} live{pending > 0 && `, ${pending} pending`}
              </span>
            </button>
          </li>
        )
      })}
    </ul>
  )
}
