/** The patch panel: the rows are the left side of the picture, the data centers the right one. */
import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import type { OverviewTunnel } from '../../../schemas/control/overview.ts'
import { setQuery } from '../../data/route.ts'
import { cursor } from '../../data/time.ts'
import { Cables, isLit, type Lit } from '../../picture/cables.tsx'
import { loadCities } from '../../picture/cities.ts'
import { type EdgePicture, edgePicture } from '../../picture/edge-layout.ts'
import { CenterCards } from './centers.tsx'
import { freshConnections } from './fresh.ts'
import { useWidth } from './measure.ts'
import { type PictureProps, RowList } from './row-list.tsx'
import { rows as allRows, find } from './rows.ts'

const WIDE = 240
const NONE: ReadonlySet<string> = new Set()

export function EdgeLens() {
  const lit = useSignal<Lit | undefined>(undefined)
  useEffect(() => void loadCities(), [])
  const light = (next: Lit | undefined): void => {
    const { tunnel_id, colo } = lit.peek() ?? {}
    if (next?.tunnel_id !== tunnel_id || next?.colo !== colo) lit.value = next
  }
  return (
    <RowList
      label="Tunnels and their connections"
      columns={<span>Data center</span>}
      isMarked={tunnel => isMarked(tunnel, lit.value)}
      onPoint={tunnel_id => light(tunnel_id === undefined ? undefined : { tunnel_id })}
    >
      {props => <Picture {...props} lit={lit.value} onLight={light} />}
    </RowList>
  )
}

interface EdgePictureProps extends PictureProps {
  readonly lit: Lit | undefined
  readonly onLight: (lit: Lit | undefined) => void
}

function Picture({ rows, first, rowHeight, lit, onLight, onHeight }: EdgePictureProps) {
  const place = useRef<HTMLDivElement>(null)
  const width = useWidth(place)
  const isNarrow = width < WIDE
  const centerWidth = isNarrow ? 62 : 124
  const picture: EdgePicture | undefined =
    width === 0 ? undefined : edgePicture(rows, { width, rowHeight, first, centerWidth }, allRows.value)
  if (picture) onHeight(picture.height)
  // A tunnel without cables leaves the picture as it is.
  const reached = lit && picture?.cables.some(cable => isLit(lit, cable)) ? lit : undefined
  return (
    <div class="picture" ref={place}>
      {picture && (
        <>
          <Cables
            picture={picture}
            width={width}
            lit={reached}
            fresh={cursor.value === undefined ? freshConnections.value : NONE}
          />
          <CenterCards
            centers={picture.centers}
            cables={picture.cables}
            isNarrow={isNarrow}
            lit={reached}
            onLight={onLight}
            chosen={find.value}
            onChoose={colo => setQuery({ find: find.value === colo ? undefined : colo })}
          />
        </>
      )}
    </div>
  )
}

function isMarked({ tunnel_id, connectors }: OverviewTunnel, lit: Lit | undefined): boolean {
  if (lit?.colo === undefined) return lit?.tunnel_id === tunnel_id
  return connectors.some(({ connections }) =>
    connections.some(({ colo_name, state }) => colo_name === lit.colo && (state === 'live' || state === 'pending')),
  )
}
