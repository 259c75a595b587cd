/** Kills a server during a write of many rows: afterwards all old or all new rows exist. */
import { env, stdout } from 'node:process'
import { setTimeout } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { createIds } from '../../src/world/ids.ts'
import { serve, temporary } from '../support/command.ts'
import { ACCOUNT } from '../support/emulator.ts'

const KILLS = Math.ceil(Number(env.MOCKFLARED_KILLS ?? 3) / 3)
const SEED = Number(env.MOCKFLARED_KILL_SEED ?? 1)
const TUNNELS = 1_000

const { fraction } = createIds(SEED, 'whole')

/** A state of 6,000 rows: each tunnel has a connector with four connections. */
function stateNamed(name: string) {
  return {
    tunnels: Array.from({ length: TUNNELS }, (_, nth) => ({
      account_tag: ACCOUNT,
      name: `${name}-${nth}`,
      connectors: [{}],
    })),
  }
}

type Server = Awaited<ReturnType<typeof serve>>

interface Listed {
  readonly result: readonly { readonly name: string }[]
}

/** Lists the states that the tunnels belong to, and counts the tunnels. */
async function readStates({ api }: Server): Promise<{ states: readonly string[]; count: number }> {
  const { result } = (await api('GET', '')).json as Listed
  return { states: [...new Set(result.map(({ name }) => name.split('-')[0] ?? ''))], count: result.length }
}

describe('putState with many rows', () => {
  it(`replaces all rows or none if the server is killed, ${KILLS} times`, {
    timeout: 30_000 + KILLS * 5_000,
  }, async () => {
    const db = temporary('data.db')
    const first = await serve(['--db', db])
    const started = performance.now()
    await first.control('PUT', '/state', stateNamed('s0'))
    const duration = performance.now() - started
    await first.stop('SIGKILL')

    let [current, replaced] = ['s0', 0]
    for (let kill = 1; kill <= KILLS; kill++) {
      const server = await serve(['--db', db])
      const response = server.control('PUT', '/state', stateNamed(`s${kill}`)).catch(() => undefined)
      await setTimeout(fraction() * 2 * duration)
      await server.stop('SIGKILL')
      const acknowledged = (await response)?.status === 200

      const next = await serve(['--db', db])
      const { states, count } = await readStates(next)
      expect(count).toBe(TUNNELS)
      expect(acknowledged ? [[`s${kill}`]] : [[current], [`s${kill}`]]).toContainEqual(states)
      await next.stop('SIGKILL')
      current = states[0] ?? ''
      replaced += current === `s${kill}` ? 1 : 0
    }
    if (env.MOCKFLARED_KILLS) stdout.write(`${KILLS} kills, of which ${replaced} came after the commit\n`)
  })
})
