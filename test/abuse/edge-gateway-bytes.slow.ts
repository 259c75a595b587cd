import { describe, it } from 'vitest'
import { attackGateway } from '../support/edge/gateway-attack.ts'

describe('three thousand attacks on the gateway', () => {
  it('end neither it nor a connection of cloudflared', async () => {
    await attackGateway(3_000)
  }, 600_000)
})
