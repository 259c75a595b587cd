/**
 * A server is killed while several writers keep it busy, over and over, always on the same file. What was acknowledged must be
 * there; what was asked for and not acknowledged must be there wholly or not at all. `npm run test:durability` does it more often.
 */
import { once } from 'node:events'
import { env, stdout } from 'node:process'
import { setTimeout } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import type { State } from '../../schemas/state.ts'
import { createIds } from '../../src/world/ids.ts'
import { halves, nextWrite, type Write, type Written, writtenIn } from '../support/acknowledged-writes.ts'
import { serve, start, temporary } from '../support/command.ts'
import { ACCOUNT } from '../support/emulator.ts'

const KILLS = Number(env.MOCKFLARED_KILLS ?? 3)
const SEED = Number(env.MOCKFLARED_KILL_SEED ?? 1)
const WRITERS = 5
const LONGEST_RUN_MS = 250
const MOST_WRITES = 100
const LONGEST_START_MS = 600

type Server = Awaited<ReturnType<typeof serve>>

interface Writer {
  readonly name: string
  /** By their acknowledged state. */
  tunnels: readonly Written[]
  /** Asked for when the server died, with what it was about. */
  open: { readonly before: Written | undefined; readonly write: Write } | undefined
  asked: number
  acknowledged: number
}

const { fraction } = createIds(SEED, 'kills')
function choose(below: number): number {
  return Math.floor(fraction() * below)
}

function send({ api, control }: Server, { via, method, path, body }: Write) {
  return (via === 'api' ? api : control)(method, path, body)
}

function idIn(json: unknown): string {
  return (json as { result: { id: string } }).result.id
}

/** Writes until the server is gone. The answer to each write may be the moment to kill it: then what was put off is lost. */
async function keepWriting(server: Server, writer: Writer, killNow: () => boolean): Promise<void> {
  for (;;) {
    const write = nextWrite(writer.tunnels, `${writer.name}-${writer.asked}`, ACCOUNT, choose)
    const before = writer.tunnels.find(({ id }) => id === write.becomes.id)
    writer.open = { before, write }
    writer.asked += 1
    const answer = await send(server, write).catch(() => undefined)
    if (!answer) return
    if (killNow()) server.kill()

    expect(answer).toMatchObject({ status: 200 })
    const after = before ? write.becomes : { ...write.becomes, id: idIn(answer.json) }
    writer.tunnels = [...writer.tunnels.filter(tunnel => tunnel !== before), after]
    writer.acknowledged += 1
    writer.open = undefined
  }
}

/** What of a writer's is there as it must be; the write that was under way may have come through or not. */
function settle(writer: Writer, there: readonly Written[]): void {
  const { open } = writer
  if (open) {
    const found = there.find(({ id, name }) => (open.before ? id === open.before.id : name === open.write.becomes.name))
    const others = writer.tunnels.filter(tunnel => tunnel !== open.before)
    const after = { ...open.write.becomes, id: found?.id }
    expect([open.before, after], `${open.write.method} ${open.write.path}`).toContainEqual(found)
    writer.tunnels = found ? [...others, found] : others
  }
  writer.open = undefined
}

function byId(tunnels: readonly Written[]) {
  return new Map(tunnels.map(tunnel => [tunnel.id, tunnel]))
}

async function compare({ control }: Server, writers: readonly Writer[]): Promise<void> {
  const state = (await control('GET', '/state')).json as State
  const there = writtenIn(state)
  for (const writer of writers) settle(writer, there)

  expect(byId(there)).toEqual(byId(writers.flatMap(({ tunnels }) => tunnels)))
  expect(halves(state)).toEqual([])
}

/** Now and then a server dies before it was ready. */
async function killWhileStarting(db: string): Promise<void> {
  const child = start(['--db', db])
  await setTimeout(choose(LONGEST_START_MS))
  child.kill('SIGKILL')
  await once(child, 'close')
}

function freshWriters(): Writer[] {
  return Array.from({ length: WRITERS }, (_, nth) => ({
    name: `w${nth}`,
    tunnels: [],
    open: undefined,
    asked: 0,
    acknowledged: 0,
  }))
}

describe('a server that is killed', () => {
  it(`keeps what it acknowledged, ${KILLS} times`, { timeout: 20_000 + KILLS * 5_000 }, async () => {
    const db = temporary('data.db')
    const writers = freshWriters()
    let [early, underWay] = [0, 0]

    for (let kill = 0; kill < KILLS; kill++) {
      if (choose(4) === 0) {
        await killWhileStarting(db)
        early += 1
      }
      const server = await serve(['--db', db])
      await compare(server, writers)
      const atAnswer = choose(2) === 0
      let left = atAnswer ? choose(MOST_WRITES) : Number.POSITIVE_INFINITY
      const written = Promise.all(writers.map(writer => keepWriting(server, writer, () => left-- <= 0)))
      await (atAnswer ? written : setTimeout(choose(LONGEST_RUN_MS)))
      await server.stop('SIGKILL')
      await written
      underWay += writers.filter(({ open }) => open).length
    }
    const last = await serve(['--db', db])
    await compare(last, writers)

    const acknowledged = writers.reduce((sum, writer) => sum + writer.acknowledged, 0)
    expect(acknowledged).toBeGreaterThan(KILLS)
    if (env.MOCKFLARED_KILLS) {
      stdout.write(
        `${KILLS} kills and ${early} before ready, ${acknowledged} writes acknowledged, ${underWay} under way\n`,
      )
    }
  })
})
