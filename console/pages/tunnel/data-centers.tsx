import type { Connector } from '../../../schemas/control/connector.ts'
import { visible } from '../../parts/format.ts'
import { placeOf } from '../../picture/cities.ts'
import { trackedIn } from '../../picture/tracked.ts'

const WIDTH = 300
const BOX = { width: 122, height: 34, gap: 8 }
const PORT_STEP = 10

/** The connections of a connector as cables to its data centers. The text beside it says the same. */
export function DataCenters({ connector }: { connector: Connector }) {
  const connections = trackedIn(connector)
  const colos = [...new Set(connections.map(({ colo_name }) => colo_name))].toSorted()
  const height = Math.max(colos.length * (BOX.height + BOX.gap) - BOX.gap, connections.length * PORT_STEP + 8)
  const top = (height - colos.length * (BOX.height + BOX.gap) + BOX.gap) / 2
  const left = WIDTH - BOX.width
  const ordered = connections.toSorted((one, other) => colos.indexOf(one.colo_name) - colos.indexOf(other.colo_name))
  return (
    <svg class="data-centers" width={WIDTH} height={height} viewBox={`0 0 ${WIDTH} ${height}`} aria-hidden="true">
      {ordered.map(({ id, colo_name, state }, nth) => {
        const from = (height - (ordered.length - 1) * PORT_STEP) / 2 + nth * PORT_STEP
        const box = colos.indexOf(colo_name)
        const ofBox = ordered.filter(other => other.colo_name === colo_name)
        const offset = (ofBox.findIndex(other => other.id === id) - (ofBox.length - 1) / 2) * 4
        const to = top + box * (BOX.height + BOX.gap) + BOX.height / 2 + offset
        const middle = left / 2
        return (
          <g key={id} class={`wire ${state}`}>
            <path d={`M8 ${from}C${middle} ${from} ${middle} ${to} ${left} ${to}`} />
            <circle cx={5} cy={from} r={3.4} />
          </g>
        )
      })}
      {colos.map((colo, nth) => {
        const y = top + nth * (BOX.height + BOX.gap)
        const { code, number, city } = placeOf(colo)
        return (
          <g key={colo} class="data-center">
            <rect x={left} y={y + 0.5} width={BOX.width - 1} height={BOX.height - 1} rx={7} />
            <text x={left + 10} y={city ? y + 15 : y + 21}>
              <tspan class="code">{visible(code)}</tspan>
              <tspan>{visible(number)}</tspan>
            </text>
            {city && (
              <text class="city" x={left + 10} y={y + 28}>
                {city}
              </text>
            )}
          </g>
        )
      })}
    </svg>
  )
}
