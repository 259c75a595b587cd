import { describe, expect, it } from 'vitest'
import { ControlError } from '../../schemas/control/control-error.ts'
import type { FaultRequest } from '../../schemas/control/fault.ts'
import { startFrozen } from '../support/frozen-emulator.ts'

const LIST = 'cloudflare-tunnel-list-cloudflare-tunnels'
const effect = { hang: true } as const

describe('faults', () => {
  it('are added by rule or preset, listed, removed and cleared', async () => {
    const { control } = await startFrozen()

    expect(await control.addFault({ operation: LIST, effect })).toMatchObject([
      { id: 'fault-1', operation: LIST, effect },
    ])
    expect(await control.addFault({ preset: 'outage' })).toMatchObject([{ id: 'fault-2', effect: { html: 502 } }])
    expect(await control.listFaults()).toMatchObject([{ id: 'fault-1' }, { id: 'fault-2' }])
    expect(await control.removeFault({ id: 'fault-1' })).toMatchObject({ id: 'fault-1' })
    expect(await control.clearFaults()).toMatchObject([{ id: 'fault-2' }])
    expect(await control.listFaults()).toEqual([])
  })
})

describe('addFault', () => {
  it.each<[FaultRequest, string]>([
    [{}, 'a fault needs an effect, or is a preset: rate-limited, flaky, slow, outage, eventually-consistent'],
    [{ preset: 'slow', effect }, 'the preset slow is asked for alone, without anything else'],
    [{ preset: 'slow', operation: LIST }, 'the preset slow is asked for alone, without anything else'],
    [{ ttl: 0, effect }, 'a ttl of 0 is over before the first call'],
  ])('with %j rejects as invalid', async (request, message) => {
    const { control } = await startFrozen()

    await expect(control.addFault(request)).rejects.toThrow(new ControlError('invalid', message))
    expect(await control.listFaults()).toEqual([])
  })
})

describe('removeFault', () => {
  it('with an unknown id rejects', async () => {
    const { control } = await startFrozen()
    const missing = new ControlError('not_found', 'there is no fault fault-1')

    await expect(control.removeFault({ id: 'fault-1' })).rejects.toThrow(missing)
  })

  it.each(['/faults/', '/faults//', '/faults/?id=fault-1'])('at %s removes nothing', async path => {
    const { emulator, control } = await startFrozen()
    await control.addFault({ effect })
    const { statusCode, body } = await emulator.inject({ method: 'DELETE', url: `/_mockflared${path}` })

    expect(statusCode).toBe(404)
    expect(body).toContain(`the control plane has no DELETE /_mockflared${path}`)
    expect(await control.listFaults()).toHaveLength(1)
  })
})
