/** Requests through a tunnel on this machine, compared with requests that go to the origin directly. */
import type { GatewayAddress } from '../../test/support/edge/gateway-client.ts'
import { CLOUDFLARED_BIN, openIdleConnections, openStage, startCloudflared, startEdge, startFake } from '../edge.ts'
import {
  apiTime,
  download,
  elapsed,
  keptAliveTime,
  requestTime,
  roundTripTime,
  timeAtOnce,
  upload,
} from '../edge-client.ts'
import { startQuiet } from '../process.ts'
import { type Effort, type Figure, interleaved, plain, type Row, ratio, type Series } from '../row.ts'

const IDLE_TUNNELS = 4

/** What is measured over the tunnel, and beside it. */
const WAYS: Readonly<Record<string, (address: GatewayAddress) => Promise<number>>> = {
  'one at a time': requestTime,
  'kept alive': keptAliveTime,
  '16 at once': address => timeAtOnce(address, 16),
  '64 at once': address => timeAtOnce(address, 64),
  down: address => elapsed(() => download(address)),
  up: address => elapsed(() => upload(address)),
  websocket: roundTripTime,
}

async function measureTunnel(start: typeof startFake, rounds: number): Promise<Series> {
  const stage = await openStage(start)
  try {
    // The first requests find code that is not compiled.
    for (const address of [stage.origin, stage.gateway]) await timeAtOnce(address, 16)
    const contenders = Object.entries(WAYS).flatMap(([name, measure]) => [
      [`${name}, direct`, () => measure(stage.origin)] as const,
      [`${name}, tunnel`, () => measure(stage.gateway)] as const,
    ])
    return await interleaved(rounds, Object.fromEntries(contenders))
  } finally {
    await stage.stop()
  }
}

/** The time of a GET of the API, with idle connections and without an edge. */
async function measureApi(rounds: number): Promise<{ readonly plain: number[]; readonly idle: number[] }> {
  const [plainServer, edgeServer] = [await startQuiet(), await startEdge()]
  const connectors = await openIdleConnections(edgeServer, IDLE_TUNNELS)
  try {
    for (const server of [plainServer, edgeServer, plainServer, edgeServer]) await apiTime(server)
    return await interleaved(rounds, { plain: () => apiTime(plainServer), idle: () => apiTime(edgeServer) })
  } finally {
    await connectors.stop()
    await Promise.all([plainServer.stop(), edgeServer.stop()])
  }
}

/** Two starts of one server differ as much as what is measured here, so there are several. */
async function measureApiStarts({ rounds, starts }: Effort): Promise<Series> {
  const measured: Awaited<ReturnType<typeof measureApi>>[] = []
  for (let start = 0; start < starts; start += 1) measured.push(await measureApi(Math.ceil(rounds / starts)))
  return {
    'API, no edge': measured.flatMap(({ plain }) => plain),
    'API, idle edge': measured.flatMap(({ idle }) => idle),
  }
}

function figuresOf(by: string): readonly Figure[] {
  return [
    {
      what: `request through ${by}, one at a time / to the origin directly`,
      unit: '×',
      atMost: 10,
      failsAt: 30,
      of: ratio('one at a time, tunnel', 'one at a time, direct'),
    },
    { what: 'the same', unit: 'ms', of: plain('one at a time, tunnel') },
    { what: 'the same over one connection', unit: '×', of: ratio('kept alive, tunnel', 'kept alive, direct') },
    {
      what: `requests a second through ${by}, 16 at once / directly`,
      unit: '×',
      atLeast: 0.15,
      failsAt: 0.04,
      of: ratio('16 at once, direct', '16 at once, tunnel'),
    },
    {
      what: `requests a second through ${by}, 64 at once / directly`,
      unit: '×',
      atLeast: 0.2,
      failsAt: 0.05,
      of: ratio('64 at once, direct', '64 at once, tunnel'),
    },
    {
      what: `64 MiB down through ${by} / directly`,
      unit: '×',
      atMost: 16,
      failsAt: 60,
      of: ratio('down, tunnel', 'down, direct'),
    },
    {
      what: `64 MiB up through ${by} / directly`,
      unit: '×',
      atMost: 16,
      failsAt: 60,
      of: ratio('up, tunnel', 'up, direct'),
    },
    {
      what: `websocket round trip through ${by} / directly`,
      unit: '×',
      atMost: 5,
      failsAt: 20,
      of: ratio('websocket, tunnel', 'websocket, direct'),
    },
  ]
}

export const edge: Row = {
  id: 'edge',
  unit: 'ms',
  measure: async effort => ({
    ...(await measureTunnel(startFake, effort.rounds)),
    ...(await measureApiStarts(effort)),
  }),
  figures: [
    ...figuresOf('a fake connector'),
    {
      what: `GET one tunnel of the API with 400 idle connections / without an edge`,
      unit: '×',
      atMost: 1.1,
      failsAt: 2,
      of: ratio('API, idle edge', 'API, no edge'),
    },
  ],
}

export const edgeCloudflared: Row = {
  id: 'edge-cloudflared',
  unit: 'ms',
  isSkipped: CLOUDFLARED_BIN === undefined,
  measure: ({ rounds }) => measureTunnel(startCloudflared, rounds),
  figures: figuresOf('cloudflared'),
}
