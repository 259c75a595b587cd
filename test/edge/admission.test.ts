import { describe, expect, it } from 'vitest'
import { admit } from '../../src/edge/ledger.ts'
import { saveTunnel } from '../../src/resources/tunnels/store.ts'
import { connect } from '../../src/simulation/connectors.ts'
import { callOf, emptyWorld, enterAs, FIRST, NOW, TUNNEL, tunnelOf, worldWith } from '../support/edge/in-process.ts'
import { SECRET, UNKNOWN_ID } from '../support/emulator.ts'

describe('a registration', { tags: ['connector_refused', 'replica_limit'] }, () => {
  it('is admitted with the account, tunnel and secret of a world', () => {
    const world = worldWith()

    expect(admit([world], callOf())).toMatchObject({ world, tunnel: { id: TUNNEL.id, name: 'blog' } })
  })

  it('is admitted with another spelling of the same secret', () => {
    const world = worldWith('main', 'QR==')

    expect(admit([world], callOf({ tunnel_secret: Buffer.from('QQ==', 'base64') }))).toMatchObject({ world })
  })

  it.each([
    ['of an unknown tunnel', { tunnel_id: UNKNOWN_ID }, 'Unauthorized: Tunnel not found'],
    ['with a wrong secret', { tunnel_secret: Buffer.alloc(32) }, 'Unauthorized: Invalid tunnel secret'],
    ['with a shorter secret', { tunnel_secret: Buffer.alloc(0) }, 'Unauthorized: Invalid tunnel secret'],
    ['of another account', { account_tag: '0'.repeat(32) }, "Unauthorized: Account  doesn't have tunnel"],
  ])('%s is refused with the text of Cloudflare', (_, changes, refusal) => {
    const world = worldWith()

    expect(admit([world], callOf(changes))).toEqual({ world, refusal })
  })

  it('of a deleted tunnel is refused', () => {
    const world = worldWith()
    saveTunnel(world.db, { ...tunnelOf(), deleted_at: NOW })

    expect(admit([world], callOf())).toEqual({ world, refusal: 'Unauthorized: Tunnel not found' })
  })

  it('of a 26th connector is refused, but not that of one of the 25', () => {
    const world = worldWith()
    enterAs(world, FIRST)
    for (let nth = 0; nth < 24; nth += 1) connect(world, tunnelOf(), {}, SECRET, 1, NOW)

    expect(admit([world], callOf())).toMatchObject({ world, tunnel: { id: TUNNEL.id } })
    expect(admit([world], callOf({}, { id: UNKNOWN_ID }))).toEqual({
      world,
      refusal: 'Unauthorized: more than 25 replicas',
    })
  })
})

describe('the world of a registration', () => {
  it('is the first that admits it', () => {
    const [main, older, newer] = [emptyWorld(), worldWith('older'), worldWith('newer')]

    expect(admit([main, older, newer], callOf())).toMatchObject({ world: older })
  })

  it('is the one in which its connector has a session already', () => {
    const [main, fork] = [worldWith(), worldWith('fork')]

    expect(admit([main, fork], callOf(), 'fork')).toMatchObject({ world: fork })
  })

  it('that refuses most specifically decides the text', () => {
    const [main, other] = [emptyWorld(), worldWith('other', 'AAAA')]

    expect(admit([main, other], callOf())).toEqual({ world: other, refusal: 'Unauthorized: Invalid tunnel secret' })
  })

  it('is the main one if all refuse alike', () => {
    const [main, other] = [emptyWorld(), emptyWorld('other')]

    expect(admit([main, other], callOf())).toEqual({ world: main, refusal: 'Unauthorized: Tunnel not found' })
  })

  it('is unknown if no world accepts connectors', () => {
    expect(admit([], callOf())).toEqual({ world: undefined, refusal: 'Unauthorized: Tunnel not found' })
  })
})
