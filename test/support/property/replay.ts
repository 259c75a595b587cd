/** Runs properties. A failure reports the seed and path that repeat it. */
import { randomInt } from 'node:crypto'
import { env } from 'node:process'
import fc from 'fast-check'

const { MOCKFLARED_FC_TIMES: times, MOCKFLARED_FC_SEED: seed = '1', MOCKFLARED_FC_PATH: path } = env

/** After this time a busy machine skips the remaining runs instead of failing. */
const MAX_DURATION_MS = times === undefined ? 15_000 : 60_000

/** By default every run is the same. The seed `random` tries other values. */
export const SEED = seed === 'random' ? randomInt(2 ** 30) : Number(seed)

const PARAMETERS = {
  seed: SEED,
  ...(path !== undefined && { path, endOnFailure: true }),
}

/** Runs `test` with random values, by default `few` times. Throws the shortest counterexample. */
export async function holds<T>(few: number, values: fc.Arbitrary<T>, test: (value: T) => Promise<void>): Promise<void> {
  const end = performance.now() + MAX_DURATION_MS
  const property = fc.asyncProperty(values, async value => {
    if (performance.now() < end) await test(value)
  })
  const numRuns = times === undefined ? few : Math.ceil(few * Number(times))
  const details = await fc.check(property, { ...PARAMETERS, numRuns })
  if (!details.failed) return

  const again = `MOCKFLARED_FC_SEED=${details.seed} MOCKFLARED_FC_PATH=${details.counterexamplePath}`
  const message = `${await fc.asyncDefaultReportMessage(details)}\n\nTo try it again: ${again}`
  throw new Error(message, { cause: details.errorInstance })
}
