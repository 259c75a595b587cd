/**
 * Kills servers on the same file again and again while several writers are active. Acknowledged
 * writes must be stored; other writes must be stored completely or not at all.
 * `npm run test:durability` repeats this more often.
 */
import { once } from 'node:events'
import { env, stdout } from 'node:process'
import { setTimeout } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import type { State } from '../../schemas/state.ts'
import { createIds } from '../../src/world/ids.ts'
import { nextWrite, partialWrites, type Write, type Written, writtenIn } from '../support/acknowledged-writes.ts'
import { serve, start, temporary } from '../support/command.ts'
import { ACCOUNT } from '../support/emulator.ts'

const KILLS = Number(env.MOCKFLARED_KILLS ?? 3)
const SEED = Number(env.MOCKFLARED_KILL_SEED ?? 1)
const WRITERS = 5
const WORLDS = 50
/** So few that most of the worlds are closed for room. */
const OPEN_FILES = 120
const MAX_RUN_MS = 250
const MAX_WRITES = 100
const MAX_START_MS = 600

type Server = Awaited<ReturnType<typeof serve>>
type Target = Pick<Server, 'api' | 'control'>

interface Writer {
  readonly name: string
  /** Their acknowledged state. */
  tunnels: readonly Written[]
  /** The unacknowledged write, with the tunnel before it. */
  open: { readonly before: Written | undefined; readonly write: Write } | undefined
  sent: number
  acknowledged: number
}

const { fraction } = createIds(SEED, 'kills')
function choose(below: number): number {
  return Math.floor(fraction() * below)
}

function send({ api, control }: Target, { via, method, path, body }: Write) {
  return (via === 'api' ? api : control)(method, path, body)
}

function idIn(json: unknown): string {
  return (json as { result: { id: string } }).result.id
}

/** Writes until the server is gone. `killNow` can kill it right after any response. */
async function keepWriting(
  server: Server,
  writers: readonly Writer[],
  targetOf: (writer: Writer) => Target,
  killNow: () => boolean,
): Promise<void> {
  for (;;) {
    const writer = writers[choose(writers.length)]
    if (!writer) return
    const write = nextWrite(writer.tunnels, `${writer.name}-${writer.sent}`, ACCOUNT, choose)
    const before = writer.tunnels.find(({ id }) => id === write.after.id)
    writer.open = { before, write }
    writer.sent += 1
    const response = await send(targetOf(writer), write).catch(() => undefined)
    if (!response) return
    if (killNow()) server.kill()

    expect(response).toMatchObject({ status: 200 })
    const after = before ? write.after : { ...write.after, id: idIn(response.json) }
    writer.tunnels = [...writer.tunnels.filter(tunnel => tunnel !== before), after]
    writer.acknowledged += 1
    writer.open = undefined
  }
}

/** Applies the unacknowledged write of a writer if the server stored it completely. */
function resolveOpenWrite(writer: Writer, stored: readonly Written[]): void {
  const { open } = writer
  if (open) {
    const found = stored.find(({ id, name }) => (open.before ? id === open.before.id : name === open.write.after.name))
    const others = writer.tunnels.filter(tunnel => tunnel !== open.before)
    const after = { ...open.write.after, id: found?.id }
    expect([open.before, after], `${open.write.method} ${open.write.path}`).toContainEqual(found)
    writer.tunnels = found ? [...others, found] : others
  }
  writer.open = undefined
}

function byId(tunnels: readonly Written[]) {
  return new Map(tunnels.map(tunnel => [tunnel.id, tunnel]))
}

async function compare({ control }: Target, writers: readonly Writer[]): Promise<void> {
  const state = (await control('GET', '/state')).json as State
  const stored = writtenIn(state)
  for (const writer of writers) resolveOpenWrite(writer, stored)

  expect(byId(stored)).toEqual(byId(writers.flatMap(({ tunnels }) => tunnels)))
  expect(partialWrites(state)).toEqual([])
}

async function killWhileStarting(db: string): Promise<void> {
  const child = start(['--db', db])
  await setTimeout(choose(MAX_START_MS))
  child.kill('SIGKILL')
  await once(child, 'close')
}

function createWriters(count: number): Writer[] {
  return Array.from({ length: count }, (_, nth) => ({
    name: `w${nth}`,
    tunnels: [],
    open: undefined,
    sent: 0,
    acknowledged: 0,
  }))
}

describe('a killed server', () => {
  it(`keeps acknowledged writes, ${KILLS} times`, { timeout: 20_000 + KILLS * 5_000 }, async () => {
    const db = temporary('data.db')
    const writers = createWriters(WRITERS)
    let [early, unacknowledged] = [0, 0]

    for (let kill = 0; kill < KILLS; kill++) {
      if (choose(4) === 0) {
        await killWhileStarting(db)
        early += 1
      }
      const server = await serve(['--db', db])
      await compare(server, writers)
      const afterResponse = choose(2) === 0
      let remaining = afterResponse ? choose(MAX_WRITES) : Number.POSITIVE_INFINITY
      const written = Promise.all(
        writers.map(writer =>
          keepWriting(
            server,
            [writer],
            () => server,
            () => remaining-- <= 0,
          ),
        ),
      )
      await (afterResponse ? written : setTimeout(choose(MAX_RUN_MS)))
      await server.stop('SIGKILL')
      await written
      unacknowledged += writers.filter(({ open }) => open).length
    }
    const last = await serve(['--db', db])
    await compare(last, writers)

    const acknowledged = writers.reduce((sum, writer) => sum + writer.acknowledged, 0)
    expect(acknowledged).toBeGreaterThan(KILLS)
    if (env.MOCKFLARED_KILLS) {
      stdout.write(
        `${KILLS} kills and ${early} before ready, ${acknowledged} writes acknowledged, ${unacknowledged} under way\n`,
      )
    }
  })
})

/** Creates worlds until the server is gone; returns those that it acknowledged. */
async function keepCreating({ control }: Server, prefix: string): Promise<readonly string[]> {
  const created: string[] = []
  for (;;) {
    const id = `${prefix}-${created.length}`
    const response = await control('PUT', `/worlds/${id}`, { from: 'empty' }).catch(() => undefined)
    if (!response) return created
    expect(response).toMatchObject({ status: 200, json: { id } })
    created.push(id)
  }
}

describe('a killed server of many worlds', () => {
  it(`keeps the acknowledged writes of ${WORLDS}, each in its own, ${KILLS} times`, {
    timeout: 60_000 + KILLS * 10_000,
  }, async () => {
    const folder = temporary('data')
    const start = () =>
      serve(['--db', `${folder}/`, '--max-worlds', '10000'], {}, [
        'sh',
        '-c',
        `ulimit -n ${OPEN_FILES}; exec "$@"`,
        'sh',
      ])
    const writers = createWriters(WORLDS)
    const first = await start()
    for (const { name } of writers) await first.control('PUT', `/worlds/${name}`, { from: 'empty' })
    await first.stop('SIGKILL')
    const created = new Set(writers.map(({ name }) => name))

    for (let kill = 0; kill <= KILLS; kill++) {
      const server = await start()
      const targetOf = ({ name }: Writer) => server.world(name)
      const ids = ((await server.control('GET', '/worlds')).json as { readonly id: string }[]).map(({ id }) => id)
      expect(ids).toEqual(expect.arrayContaining([...created]))
      for (const writer of writers) await compare(targetOf(writer), [writer])
      if (kill === KILLS) break

      const lanes = Array.from({ length: WRITERS }, (_, lane) =>
        writers.filter((_writer, nth) => nth % WRITERS === lane),
      )
      const written = Promise.all(lanes.map(lane => keepWriting(server, lane, targetOf, () => false)))
      const creating = keepCreating(server, `new-${kill}`)
      await setTimeout(MAX_RUN_MS + choose(4 * MAX_RUN_MS))
      await server.stop('SIGKILL')
      await written
      for (const id of await creating) created.add(id)
    }
    const acknowledged = writers.reduce((sum, writer) => sum + writer.acknowledged, 0)
    expect(acknowledged).toBeGreaterThan(KILLS)
    if (env.MOCKFLARED_KILLS) {
      const figures = `${KILLS} kills, ${acknowledged} writes and ${created.size - WORLDS} further worlds acknowledged`
      stdout.write(`${WORLDS} worlds with room for ${Math.floor(OPEN_FILES / 6)}: ${figures}\n`)
    }
  })
})
