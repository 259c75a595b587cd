import { describe, expect, it } from 'vitest'
import { Configuration } from '../../schemas/configuration.ts'
import { Tunnel } from '../../schemas/tunnel.ts'
import { OPERATIONS } from '../../src/resources/tunnels/operation-ids.ts'
import { ACCOUNT, UNKNOWN_ID } from '../support/emulator.ts'
import { startFrozen } from '../support/frozen-emulator.ts'

describe('the evidence report', () => {
  it('without requests says so', async () => {
    const { control } = await startFrozen()

    expect(await control.getReport()).toEqual({
      answers: 0,
      summary: 'no assumed behaviour used',
      message: 'no requests yet',
      behaviours: [],
      not_emulated: [],
    })
  })

  it('names assumed and inferred behaviours with their first request, and counts the others', async () => {
    const { control, create, api } = await startFrozen()
    await create('blog')
    await api('GET', `/${UNKNOWN_ID}/token`)
    await api('GET', `/${UNKNOWN_ID}/token`)
    const { answers, summary, message, behaviours } = await control.getReport()

    expect(answers).toBe(3)
    expect(summary).toBe('assumed behaviours used: token_not_found')
    expect(message.split('\n')).toEqual([
      'assumed behaviours used:',
      '  token_not_found: 404: 1054 "Token for tunnel not found"',
      `    2 responses, the first to GET /accounts/${ACCOUNT}/cfd_tunnel/${UNKNOWN_ID}/token`,
      'inferred behaviours used:',
      expect.stringContaining('  connections_on_writes: '),
      `    1 response, the first to POST /accounts/${ACCOUNT}/cfd_tunnel`,
      'and 5 recorded, 0 documented, 0 client behaviours, in 3 responses',
    ])
    expect(behaviours.map(({ evidence }) => evidence).slice(0, 3)).toEqual(['assumed', 'inferred', 'recorded'])
  })

  it('covers all worlds, including deleted ones', async () => {
    const { emulator, control } = await startFrozen()
    const { id } = await control.createWorld()
    await emulator.inject({
      url: `/w/${id}/client/v4/accounts/${ACCOUNT}/cfd_tunnel/${UNKNOWN_ID}`,
      headers: { authorization: 'Bearer token' },
    })
    await control.deleteWorld({ id })
    await control.reset()

    expect(await control.getReport()).toMatchObject({ answers: 1, behaviours: [{ id: 'tunnel_not_found' }] })
  })

  it('can be of one world, since it was created, reset or cleared', async () => {
    const { control, create } = await startFrozen()
    const { id } = await control.createWorld()
    await create('blog')
    await create('shop', id)
    await create('news', id)
    const answers = async (world_id: string) => (await control.getReport({ world_id })).answers
    expect([await answers('main'), await answers(id)]).toEqual([1, 2])
    expect((await control.getReport({ world_id: 'main' })).behaviours.map(({ first }) => first)).toContain(
      `POST /accounts/${ACCOUNT}/cfd_tunnel`,
    )

    await control.reset()
    expect([await answers('main'), await answers(id)]).toEqual([0, 2])
    expect((await control.getReport()).answers).toBe(3)
    await control.clearReport()
    expect(await answers(id)).toBe(0)
    await expect(control.getReport({ world_id: 'gone' })).rejects.toMatchObject({ code: 'gone' })
  })

  it('of a world stays with its request log when a snapshot is restored', async () => {
    const { control, create } = await startFrozen()
    await control.saveSnapshot({ name: 'before' })
    await create('blog')
    await control.restoreSnapshot({ name: 'before', keep: ['requests'] })

    expect((await control.getReport({ world_id: 'main' })).answers).toBe(1)
  })

  it('does not list the behaviour of a disabled check', async () => {
    const { control, create, api } = await startFrozen({ check_ingress: false })
    const { id } = await create('blog')
    await api('PUT', `/${id}/configurations`, { config: {} })

    const ids = (await control.getReport()).behaviours.map(behaviour => behaviour.id)
    expect(ids).toContain('configuration_version')
    expect(ids).not.toContain('ingress_validation')
  })

  it('is empty after it is cleared', async () => {
    const { control, api } = await startFrozen()
    await api('GET', '')

    expect(await control.clearReport()).toEqual({ cleared: 1 })
    expect(await control.getReport()).toMatchObject({ answers: 0, behaviours: [] })
  })

  it('shows no secret from a path', async () => {
    const { control, create, api } = await startFrozen()
    const { token } = await create('blog')
    await api('GET', `/${token}`)

    expect(JSON.stringify(await control.getReport())).not.toContain(token)
  })
})

describe('mockflared-evidence', () => {
  it('is not sent with the response of a fault', async () => {
    const { control, api } = await startFrozen()
    await control.addFault({ preset: 'rate-limited' })

    expect((await api('GET', '')).headers).not.toHaveProperty('mockflared-evidence')
    expect(await control.getReport()).toMatchObject({ answers: 0 })
  })
})

describe('the coverage', () => {
  it('lists every operation with a label for each field, and only behaviours that it describes', async () => {
    const { control } = await startFrozen()
    const { operations, everywhere, behaviours } = await control.getCoverage()
    const described = behaviours.map(({ id }) => id)

    expect(operations.map(({ operation }) => operation)).toEqual(expect.arrayContaining(Object.values(OPERATIONS)))
    expect(operations.filter(({ fields }) => fields.answer.length === 0)).toEqual([])
    expect(described).toEqual(expect.arrayContaining(operations.flatMap(one => [...one.behaviours, ...one.refusals])))
    expect(described).toEqual(expect.arrayContaining([...everywhere.behaviours, ...everywhere.refusals]))
  })

  it('lists different labels for fields of one model', async () => {
    const { control } = await startFrozen()
    const { operations } = await control.getCoverage()
    const put = operations.find(({ operation }) => operation === OPERATIONS.put_configuration)

    expect(put?.fields.answer).toEqual(
      expect.arrayContaining([
        { field: 'result.version', evidence: 'recorded' },
        { field: 'result.account_id', evidence: 'documented' },
        { field: 'result.config.ingress[].originRequest.bastionMode', evidence: 'client' },
      ]),
    )
  })

  it('adds no keyword to the models, because a strict validator would refuse it', () => {
    expect(JSON.stringify([Tunnel, Configuration])).not.toMatch(/evidence|recorded/)
  })
})
