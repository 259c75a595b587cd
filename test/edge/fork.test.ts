import { describe, expect, it, onTestFinished } from 'vitest'
import { completeConnectorHistory } from '../../src/resources/connections/simulation-store.ts'
import { statusAt } from '../../src/resources/tunnels/events.ts'
import { insertTunnel } from '../../src/resources/tunnels/store.ts'
import { createWorlds } from '../../src/worlds/registry.ts'
import { callOf, enterAs, FIRST, NOW, TUNNEL, tunnelOf } from '../support/edge/in-process.ts'
import { EXTENSIONS, memoryStorage, WORLD_LIMITS, worldSettings } from '../support/world-settings.ts'

function startWorlds() {
  const worlds = createWorlds(memoryStorage(), [], { ...worldSettings(), frozen_at: NOW }, WORLD_LIMITS, EXTENSIONS)
  onTestFinished(() => worlds.close())
  const main = worlds.main()
  insertTunnel(main.db, tunnelOf())
  for (let index = 0; index < 4; index += 1) {
    enterAs(main, `${FIRST.slice(0, -1)}${index}`, callOf({ connection_index: index }))
  }
  return { worlds, main }
}

describe('a copy of a world with a real connector', () => {
  it('has a simulated one with the same connections and status', async () => {
    const { worlds, main } = startWorlds()
    const copy = await worlds.create('current', main)
    const [original] = completeConnectorHistory(main.db, TUNNEL)

    expect(completeConnectorHistory(copy.db, TUNNEL)).toEqual([
      {
        ...original,
        kind: 'simulated',
        connections: original?.connections.map(connection => ({ ...connection, conn_index: null })),
      },
    ])
    expect(statusAt(copy, TUNNEL, NOW)).toBe('healthy')
  })

  it('leaves the original real', async () => {
    const { worlds, main } = startWorlds()
    await worlds.create('current', main)

    expect(completeConnectorHistory(main.db, TUNNEL)).toMatchObject([
      { kind: 'real', connections: [0, 1, 2, 3].map(conn_index => ({ conn_index })) },
    ])
  })

  it('has a real one if the copy is a snapshot', async () => {
    const { worlds, main } = startWorlds()
    await worlds.snapshotsOf(main).save('before', main, 1)
    const restored = await worlds.restore(main, 'before')

    expect(completeConnectorHistory(restored.db, TUNNEL)).toMatchObject([{ kind: 'real' }])
  })
})
