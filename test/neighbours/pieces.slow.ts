/**
 * How long each heavy operation holds the event loop at a time, in a world of 20,000 tunnels. The
 * figures are processor time, so that a busy machine changes them little.
 */
import { stdout } from 'node:process'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CONTROL, LARGE_CONFIGURATION, type Neighbours, startNeighbours, TUNNEL_ID, TUNNELS } from './server.ts'

const SIZE = 20_000

/** They take about 50 ms at most on an idle machine; a busy one has slower memory and caches. */
const MAX_PIECE_MS = 100

type Step = readonly [method: string, path: string, body?: (state: string) => string]

const NAMED = (): string => '{"name":"large"}'
const EMPTY = (): string => '{}'

const OPERATIONS: [what: string, step: Step][] = [
  ['a list of 1,000', ['GET', `${TUNNELS}?per_page=1000&page=2`]],
  ['a state that is read', ['GET', `${CONTROL}/state`]],
  ['a state that is put', ['PUT', `${CONTROL}/state`, state => state]],
  ['a snapshot that is saved', ['POST', `${CONTROL}/snapshots`, NAMED]],
  ['a list of snapshots', ['GET', `${CONTROL}/snapshots`]],
  ['a snapshot that is read', ['GET', `${CONTROL}/snapshots/large`]],
  ['the changes since a snapshot', ['GET', `${CONTROL}/snapshots/large/changes`]],
  ['a snapshot that is restored', ['POST', `${CONTROL}/snapshots/large/restore`, EMPTY]],
  ['the first reset', ['POST', `${CONTROL}/reset`, EMPTY]],
  ['a reset', ['POST', `${CONTROL}/reset`, EMPTY]],
  ['a world from the seed', ['PUT', `${CONTROL}/worlds/copy`, EMPTY]],
  ['a world from "current"', ['PUT', `${CONTROL}/worlds/fork`, () => '{"from":"current"}']],
  ['a list of worlds', ['GET', `${CONTROL}/worlds`]],
  ['a world that is deleted', ['DELETE', `${CONTROL}/worlds/copy`]],
  ['the overview', ['GET', `${CONTROL}/overview`]],
  ['lint', ['GET', `${CONTROL}/lint`]],
  ['the first configuration of 1 MiB', ['PUT', `${TUNNELS}/${TUNNEL_ID}/configurations`, () => LARGE_CONFIGURATION]],
  ['a configuration of 1 MiB', ['PUT', `${TUNNELS}/${TUNNEL_ID}/configurations`, () => LARGE_CONFIGURATION]],
]

describe.each([
  ['in memory', false],
  ['in a folder', true],
])('of 20,000 tunnels %s', (where, isStored) => {
  let server: Neighbours
  beforeAll(async () => {
    server = await startNeighbours(SIZE, isStored)
  })
  afterAll(() => server.stop())

  it.each(OPERATIONS)('%s holds the event loop for a short time', async (what, [method, path, body]) => {
    await server.loopUse()
    const { status, took_ms } = await server.call(method, path, body?.(server.state))
    const { longest_ms } = await server.loopUse()
    stdout.write(`PIECE: ${what} ${where}: ${longest_ms.toFixed(1)} ms at a time, ${took_ms.toFixed(0)} ms in all\n`)

    expect(status).toBe(200)
    expect(longest_ms).toBeLessThan(MAX_PIECE_MS)
  })
})
