/** How often properties are tried, and how a failure is tried again: by seed and path, which a failure tells. */
import { env } from 'node:process'
import fc from 'fast-check'

const { MOCKFLARED_FC_TIMES: times, MOCKFLARED_FC_SEED: seed = '1', MOCKFLARED_FC_PATH: path } = env

/** A busy machine tries less often, and does not fail for it. In milliseconds. */
const LONGEST_MS = times === undefined ? 15_000 : 60_000

/** The short form is the same in every run; `random` as seed searches on. */
const PARAMETERS = {
  ...(seed !== 'random' && { seed: Number(seed) }),
  ...(path !== undefined && { path, endOnFailure: true }),
}

/** Tries whether `test` passes for any values, `few` times in the short form; throws the shortest counterexample. */
export async function holds<T>(few: number, values: fc.Arbitrary<T>, test: (value: T) => Promise<void>): Promise<void> {
  const end = performance.now() + LONGEST_MS
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
