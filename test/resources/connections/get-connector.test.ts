import { describe, expect, it } from 'vitest'
import type { Client } from '../../../schemas/client.ts'
import type { StateConnector } from '../../../schemas/state.ts'
import { ACCOUNT, seedOf, startEmulator, UNKNOWN_ID } from '../../support/emulator.ts'

const ID = 'f70ff985-a4ef-4643-bbbc-4a0ed4fc8415'
const CONNECTOR = '1bedc50d-42b3-473c-b108-ff3d10c0d925'

function startWith(connector: StateConnector = {}, account = ACCOUNT) {
  return startEmulator(
    { seed: seedOf({ id: ID, name: 'blog', created_at: '-1d', connectors: [{ id: CONNECTOR, ...connector }, {}] }) },
    account,
  )
}

describe('GET cfd_tunnel/{id}/connectors/{id}, 200', { tags: ['connector_answer'] }, () => {
  it('returns the connector as the list of connections does', async () => {
    const { get } = await startWith({ config_version: 3, connections: [{}, { lost_at: '-30s' }] })
    const { status, success, errors, messages, result } = await get<Client>(`/${ID}/connectors/${CONNECTOR}`)
    const listed = await get<Client[]>(`/${ID}/connections`)

    expect({ status, success, errors, messages }).toEqual({ status: 200, success: true, errors: [], messages: [] })
    expect(result.conns).toHaveLength(2)
    expect(listed.result).toHaveLength(2)
    expect(listed.result).toContainEqual(result)
  })

  it('returns the recorded keys in the recorded order', async () => {
    const { get } = await startWith()
    const { result } = await get<Client>(`/${ID}/connectors/${CONNECTOR}`)

    expect(Object.keys(result)).toEqual(['id', 'features', 'version', 'arch', 'conns', 'run_at', 'ha_status'])
    expect(result).toMatchObject({ id: CONNECTOR, ha_status: null })
  })

  it.each([
    ['stopped', [{ closed_at: '-1h' }]],
    ['was lost for good', [{ lost_at: '-1h' }]],
  ])('returns a connector that %s without connections', { tags: ['connector_gone'] }, async (_, connections) => {
    const { get } = await startWith({ connections })

    expect(await get(`/${ID}/connectors/${CONNECTOR}`)).toMatchObject({
      status: 200,
      result: { id: CONNECTOR, conns: [] },
    })
  })

  it('accepts ids in upper case', { tags: ['id_case'] }, async () => {
    const { get } = await startWith({}, ACCOUNT.toUpperCase())

    expect((await get(`/${ID.toUpperCase()}/connectors/${CONNECTOR.toUpperCase()}`)).result).toMatchObject({
      id: CONNECTOR,
    })
  })
})

describe('GET cfd_tunnel/{id}/connectors/{id}, 404', {
  tags: ['connector_not_found', 'tunnel_not_found', 'tunnel_not_found_elsewhere'],
}, () => {
  it('answers 1002 for an unknown connector', async () => {
    const { get } = await startWith()

    expect(await get(`/${ID}/connectors/${UNKNOWN_ID}`)).toMatchObject({
      status: 404,
      errors: [{ code: 1002, message: 'Connector not found' }],
      result: null,
    })
  })

  it('answers 1002 for the connector of another tunnel', async () => {
    const { get, create } = await startWith()
    const { id } = await create({ name: 'shop' })

    expect((await get(`/${id}/connectors/${CONNECTOR}`)).errors).toEqual([
      { code: 1002, message: 'Connector not found' },
    ])
  })

  it('answers 1002 for an unknown tunnel', async () => {
    const { get } = await startWith()

    expect(await get(`/${UNKNOWN_ID}/connectors/${CONNECTOR}`)).toMatchObject({
      status: 404,
      errors: [{ code: 1002, message: 'Tunnel not found' }],
    })
  })

  it.each([`/blog/connectors/${CONNECTOR}`, `/${ID}/connectors/me`])(
    'answers 7003 for %s',
    { tags: ['id_form'] },
    async path => {
      const { get } = await startWith()

      expect(await get(path)).toMatchObject({
        status: 404,
        errors: [
          {
            code: 7003,
            message: expect.stringContaining(`Could not route to /accounts/${ACCOUNT}/cfd_tunnel${path},`),
          },
          { code: 7000 },
        ],
      })
    },
  )
})
