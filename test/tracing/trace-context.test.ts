/** The caller's `traceparent`, of which the examples are those of W3C Trace Context. */
import { describe, expect, it } from 'vitest'
import { traceIdOf } from '../../src/config/trace-context.ts'
import { startEmulator } from '../support/emulator.ts'

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736'
const TRACEPARENT = `00-${TRACE}-00f067aa0ba902b7-01`

describe('traceparent', () => {
  it.each([TRACEPARENT, `00-${TRACE}-00f067aa0ba902b7-00`, `cc-${TRACE}-00f067aa0ba902b7-01-what-the-future-brings`])(
    '%s names a trace',
    traceparent => {
      expect(traceIdOf(traceparent)).toBe(TRACE)
    },
  )

  it.each([
    undefined,
    '',
    TRACE,
    `${TRACEPARENT}-more`,
    TRACEPARENT.toUpperCase(),
    TRACEPARENT.replace('00-', 'ff-'),
    TRACEPARENT.replace(TRACE, '0'.repeat(32)),
    TRACEPARENT.replace('00f067aa0ba902b7', '0'.repeat(16)),
  ])('%s names none', traceparent => {
    expect(traceIdOf(traceparent)).toBeUndefined()
  })

  it('is in the request log, as the caller sent it', async () => {
    const { emulator, get } = await startEmulator()
    await get('', undefined, { authorization: 'Bearer token', traceparent: TRACEPARENT })

    expect(await emulator.control.listRequests()).toMatchObject([{ headers: { traceparent: TRACEPARENT } }])
  })
})
