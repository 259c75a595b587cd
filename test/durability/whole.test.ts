/** A write of many rows is killed in the middle: what is there is all that was before, or all that was to be. */
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

/** Each tunnel with a connector of four connections: 6,000 rows. */
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

/** The names of the states that tunnels are there of, and how many tunnels that are. */
async function found({ api }: Server): Promise<{ states: readonly string[]; count: number }> {
  const { result } = (await api('GET', '')).json as Listed
  return { states: [...new Set(result.map(({ name }) => name.split('-')[0] ?? ''))], count: result.length }
}

describe('a state of many rows', () => {
  it(`is replaced whole or not at all, ${KILLS} times`, { timeout: 30_000 + KILLS * 5_000 }, async () => {
    const db = temporary('data.db')
    const first = await serve(['--db', db])
    const started = performance.now()
    await first.control('PUT', '/state', stateNamed('s0'))
    const whole = performance.now() - started
    await first.stop('SIGKILL')

    let [present, replaced] = ['s0', 0]
    for (let kill = 1; kill <= KILLS; kill++) {
      const server = await serve(['--db', db])
      const answer = server.control('PUT', '/state', stateNamed(`s${kill}`)).catch(() => undefined)
      await setTimeout(fraction() * 2 * whole)
      await server.stop('SIGKILL')
      const acknowledged = (await answer)?.status === 200

      const next = await serve(['--db', db])
      const { states, count } = await found(next)
      expect(count).toBe(TUNNELS)
      expect(acknowledged ? [[`s${kill}`]] : [[present], [`s${kill}`]]).toContainEqual(states)
      await next.stop('SIGKILL')
      present = states[0] ?? ''
      replaced += present === `s${kill}` ? 1 : 0
    }
    if (env.MOCKFLARED_KILLS) stdout.write(`${KILLS} kills, of which ${replaced} came after the commit\n`)
  })
})
