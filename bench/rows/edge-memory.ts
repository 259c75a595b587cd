/** What connections and transfers of the edge add to the memory of the server. */
import { openIdleConnections, openStage, startEdge, startFake } from '../edge.ts'
import { apiTime, download, timeAtOnce, upload } from '../edge-client.ts'
import { growthOf } from '../memory.ts'
import { interleaved, plain, type Row, seriesOf } from '../row.ts'

const IDLE_TUNNELS = 4
/** 25 connectors a tunnel, with four connections each. */
const IDLE_CONNECTIONS = IDLE_TUNNELS * 25 * 4

async function idleConnectionSize(): Promise<number> {
  const server = await startEdge()
  // What the first requests load does not belong to the connections.
  await apiTime(server)
  const grown = await growthOf(server, () => openIdleConnections(server, IDLE_TUNNELS))
  await server.stop()
  return grown / IDLE_CONNECTIONS
}

/** What the last of some transfers in both directions adds. */
async function transferSize(count: number): Promise<number> {
  const { server, gateway, stop } = await openStage(startFake)
  const transfer = async (): Promise<void> => {
    await download(gateway)
    await upload(gateway)
  }
  await timeAtOnce(gateway, 16)
  for (let nth = 1; nth < count; nth += 1) await transfer()
  const grown = await growthOf(server, transfer)
  await stop()
  return grown
}

export const edgeMemory: Row = {
  id: 'edge-memory',
  unit: 'MiB',
  measure: ({ rounds }) =>
    interleaved(Math.ceil(rounds / 3), {
      'idle connection': idleConnectionSize,
      transfer: () => transferSize(1),
      'third transfer': () => transferSize(3),
    }),
  figures: [
    {
      what: 'memory of an idle connection of a connector',
      unit: 'KiB',
      atMost: 200,
      failsAt: 800,
      of: series => seriesOf(series, 'idle connection').map(mib => mib * 1_024),
    },
    {
      what: 'memory that 64 MiB down and 64 MiB up add',
      unit: 'MiB',
      atMost: 48,
      failsAt: 200,
      of: plain('transfer'),
    },
    { what: 'the same for the third time', unit: 'MiB', of: plain('third transfer') },
  ],
}
