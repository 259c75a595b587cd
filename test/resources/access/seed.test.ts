import { describe, expect, it } from 'vitest'
import type { AccessApplication } from '../../../schemas/access-application.ts'
import type { State } from '../../../schemas/state.ts'
import type { StateAccountAccess } from '../../../schemas/state-access.ts'
import { createEmulator } from '../../../src/emulator/emulator.ts'
import { INCLUDE, startAccess } from '../../support/access.ts'
import { ACCOUNT } from '../../support/emulator.ts'

const POLICY_ID = '00000000-0000-4000-8000-00000000000a'
const OWN_ID = '00000000-0000-4000-8000-00000000000b'
const APP_ID = '00000000-0000-4000-8000-00000000000c'
const rule = { decision: 'allow', include: INCLUDE } as const

const ACCESS: StateAccountAccess = {
  policies: [
    { id: POLICY_ID, name: 'staff', ...rule },
    { id: OWN_ID, app_id: APP_ID, name: 'only here', ...rule },
  ],
  applications: [
    { name: 'blog', domain: 'blog.example.com', policies: [{ id: POLICY_ID }], tags: ['red'] },
    { id: APP_ID, type: 'bookmark', domain: 'shop.example.net', policies: [{ id: OWN_ID, precedence: 4 }] },
  ],
  tags: [{ name: 'red' }],
  service_tokens: [{ name: 'ci', client_id: 'known.access', client_secret: 'known secret', duration: 'forever' }],
}

describe('Access in a seed', { tags: ['access_app_values', 'access_policy_values'] }, () => {
  it('needs only names, domains and rules', async () => {
    const { get } = await startAccess({ seed: [{ access: [ACCESS] }] })
    const { result } = await get<AccessApplication[]>('/apps')

    expect(result).toMatchObject([
      { name: 'blog', type: 'self_hosted', policies: [{ id: POLICY_ID, precedence: 1, reusable: true }] },
      { id: APP_ID, policies: [{ id: OWN_ID, precedence: 4, reusable: false }] },
    ])
    expect((await get('/policies')).result).toMatchObject([{ id: POLICY_ID, app_count: 1 }])
    expect((await get('/tags/red')).result).toMatchObject({ app_count: 1 })
    expect((await get('/service_tokens')).result).toMatchObject([{ client_id: 'known.access' }])
  })

  it('survives a state that is read and put back', async () => {
    const { control, createApp } = await startAccess({ seed: [{ access: [ACCESS] }] })
    await createApp({ destinations: [{ type: 'public', uri: 'app.example.com' }], bg_color: '#fff' })
    await control.moveClock({ advance: '1h' })
    const before = (await control.getState()) as State
    await control.putState(before)

    expect(before.access).toMatchObject([{ account_id: ACCOUNT, service_tokens: [{ client_secret: 'known secret' }] }])
    expect(await control.getState()).toEqual(before)
  })

  it('is in snapshots and worlds of its own, and gone after a reset', async () => {
    const { control, emulator, createApp, get } = await startAccess()
    await createApp()
    await control.saveSnapshot({ name: 'before' })
    const { id } = await control.createWorld({ from: 'current' })
    await control.reset({ to: 'empty' })

    expect((await get('/apps')).result).toEqual([])
    expect(((await emulator.controlOf(id).getState()) as State).access).toMatchObject([
      { applications: [{ name: 'app' }] },
    ])
    await control.restoreSnapshot({ name: 'before' })
    expect((await get('/apps')).result).toMatchObject([{ name: 'app' }])
  })

  it.each<[string, StateAccountAccess, object, string]>([
    [
      'the same id',
      {
        policies: [
          { id: OWN_ID, name: 'a', ...rule },
          { id: OWN_ID, name: 'b', ...rule },
        ],
      },
      {},
      `access[0].policies[1].id: another one has the id ${OWN_ID}`,
    ],
    [
      'the same tag',
      { tags: [{ name: 'a' }, { name: 'a' }] },
      {},
      'access[0].tags[1].name: another one has the name a',
    ],
    [
      'an unknown policy',
      { applications: [{ type: 'warp', policies: [{ id: OWN_ID }] }] },
      {},
      `access[0].applications[0].policies: there is no policy ${OWN_ID}`,
    ],
    [
      'no domain',
      { applications: [{ name: 'a' }] },
      {},
      'access[0].applications[0]: access.api.error.invalid_request: domain or destinations',
    ],
    [
      'an unlisted account',
      { account_id: 'f'.repeat(32) },
      { accounts: [{ id: ACCOUNT }] },
      `access[0]: account ${'f'.repeat(32)} is not listed`,
    ],
  ])('with %s is rejected with the path', async (_what, access, state, message) => {
    await expect(createEmulator({ listen: false, seed: [{ ...state, access: [access] }] })).rejects.toThrow(message)
  })
})

describe('a change of Access', { tags: ['access_statuses'] }, () => {
  it('is an event with the id of the object', async () => {
    const { control, createApp, createPolicy, post, delete: remove } = await startAccess()
    const app = await createApp()
    const policy = await createPolicy()
    await post('/tags', { name: 'red' })
    await remove(`/apps/${app.id}`)
    const events = (await control.listEvents()).filter(({ type }) => type.startsWith('access_'))

    expect(events.map(({ type, object_id }) => [type, object_id])).toEqual([
      ['access_app_created', app.id],
      ['access_policy_created', policy.id],
      ['access_tag_created', 'red'],
      ['access_app_deleted', app.id],
    ])
  })

  it('can fail by a fault', async () => {
    const { control, post } = await startAccess()
    await control.addFault({ operation: 'access-tags-create-tag', effect: { error: { status: 503, code: 1 } } })

    expect((await post('/tags', { name: 'red' })).status).toBe(503)
  })
})
