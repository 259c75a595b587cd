import { describe, expect, it } from 'vitest'
import { createFlow } from '../../src/edge/flow.ts'

describe('a flow', () => {
  it('stalls for the time, and again', async () => {
    const flow = createFlow()
    expect(flow.stalled()).toBeUndefined()

    for (const ms of [1, 2]) {
      flow.stall(ms)
      await flow.stalled()
      expect(flow.stalled()).toBeUndefined()
    }
  })

  it('that stalls already starts its time again', async () => {
    const flow = createFlow()
    flow.stall(3_600_000)
    const first = flow.stalled()
    flow.stall(1)

    await first
    expect(flow.stalled()).toBeUndefined()
  })

  it('that ends lets nothing wait', async () => {
    const flow = createFlow()
    flow.stall(3_600_000)
    const stalled = flow.stalled()
    flow.end()

    await stalled
    expect(flow.stalled()).toBeUndefined()
  })
})
