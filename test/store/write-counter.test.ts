import Database from 'better-sqlite3'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { createTunnel } from '../../src/resources/tunnels/rules.ts'
import { openStore, type Store } from '../../src/store/store.ts'
import { revisionOf, untilWritten } from '../../src/store/write-counter.ts'
import { temporary } from '../support/command.ts'
import { ACCOUNT, SECRET, UNKNOWN_ID } from '../support/emulator.ts'

const NOW = '2026-01-01T00:00:00.000000Z'
const MOMENT = { now: NOW, tracked_since: NOW, healthy_connections: 4 }
const TUNNEL = createTunnel(ACCOUNT, { name: 'blog' }, { id: UNKNOWN_ID, secret: SECRET, now: NOW }, 32)
const CONNECTION = {
  id: UNKNOWN_ID,
  client_id: UNKNOWN_ID,
  colo_name: 'dfw01',
  origin_ip: '192.0.2.1',
  opened_at: NOW,
  lost_at: null,
  closed_at: null,
}
const CONNECTOR = {
  id: UNKNOWN_ID,
  version: '2026.1.0',
  arch: 'linux_amd64',
  features: [],
  run_at: NOW,
  config_version: null,
  colos: ['dfw01'],
  origin_ip: '192.0.2.1',
  tunnel_secret: SECRET,
  reconnects: true,
  config_delay_ms: null,
}
const CONFIGURATION = { version: 1, source: 'local' as const, config: {}, created_at: NOW, author: 'a seed' }
const CREDENTIAL = { token: 'token', email: null, key: null, service_key: null, accounts: null, permissions: [] }

/** A store with one tunnel, one connector and one connection. */
function startStore(): Store {
  const store = openStore(':memory:')
  onTestFinished(() => store.close())
  store.tunnels.insert(TUNNEL)
  store.connectors.insert(TUNNEL, { ...CONNECTOR, connections: [CONNECTION] })
  return store
}

describe('the revision of a store', () => {
  it.each<[string, (store: Store) => void]>([
    ['an account', ({ access }) => access.insertAccount({ id: ACCOUNT, name: null })],
    ['a credential', ({ access }) => access.insertCredential(CREDENTIAL)],
    ['a tunnel', ({ tunnels }) => tunnels.insert({ ...TUNNEL, id: ACCOUNT, name: 'shop' })],
    ['a change of a tunnel', ({ tunnels }) => tunnels.update({ ...TUNNEL, name: 'shop' })],
    ['a configuration', ({ configurations }) => configurations.insert(TUNNEL, CONFIGURATION)],
    ['a connector', ({ connectors }) => connectors.insert(TUNNEL, { ...CONNECTOR, id: ACCOUNT, connections: [] })],
    ['a change of a connector', ({ connectors }) => connectors.update(TUNNEL, { ...CONNECTOR, config_version: 1 })],
    ['a connection', ({ connectors }) => connectors.open(TUNNEL, [{ ...CONNECTION, id: ACCOUNT }])],
    ['the loss of a connection', ({ connectors }) => connectors.lose(TUNNEL, [CONNECTION], NOW)],
    ['the end of a connection', ({ connectors }) => connectors.close(TUNNEL, [CONNECTION], NOW)],
    ['nothing but emptiness', store => store.clear()],
  ])('is another one after %s was written', (_what, write) => {
    const store = startStore()
    const before = store.revision()
    store.transaction(() => write(store))

    expect(store.revision()).not.toBe(before)
  })

  it('is another one after a write that was taken back, too', () => {
    const store = startStore()
    let during = 0
    const write = (): void => {
      store.access.insertAccount({ id: ACCOUNT, name: null })
      during = store.revision()
      throw new Error('taken back')
    }

    expect(() => store.transaction(write)).toThrow('taken back')
    expect(store.revision()).not.toBe(during)
  })

  it('stays while everything is read', () => {
    const store = startStore()
    const before = store.revision()
    store.read()
    store.isEmpty()
    store.lastChange()
    store.image()
    store.access.exists(ACCOUNT)
    store.tunnels.list(ACCOUNT, {}, { limit: 20, offset: 0 }, MOMENT)

    expect(store.revision()).toBe(before)
  })
})

describe('a file that is only read', () => {
  it('may be written by somebody else, so what was read is read again', () => {
    const file = temporary('data.db')
    openStore(file).close()
    const db = new Database(file, { readonly: true })
    onTestFinished(() => void db.close())
    const read = vi.fn(() => 'read')
    const remembered = untilWritten(db, read)

    expect(revisionOf(db)()).toBeNaN()
    expect([remembered('key'), remembered('key')]).toEqual(['read', 'read'])
    expect(read).toHaveBeenCalledTimes(2)
  })
})

describe('what is asked again', () => {
  it('is another one once something was written, or of another account', () => {
    const { access, tunnels, connectors } = startStore()
    expect([access.exists(ACCOUNT), access.exists('other')]).toEqual([true, true])
    expect(tunnels.lastLoss(ACCOUNT)).toBeUndefined()

    access.insertAccount({ id: ACCOUNT, name: null })
    connectors.lose(TUNNEL, [CONNECTION], NOW)
    expect([access.exists(ACCOUNT), access.exists('other')]).toEqual([true, false])
    expect([tunnels.lastLoss(ACCOUNT), tunnels.lastLoss('other')]).toEqual([NOW, undefined])
  })
})
