import { describe, expect, it, onTestFinished } from 'vitest'
import { createEmulator } from '../../src/emulator/emulator.ts'
import { ACCOUNT } from '../support/emulator.ts'

const CREATE = 'cloudflare-tunnel-create-a-cloudflare-tunnel'

async function startWith(...names: readonly string[]) {
  const emulator = await createEmulator({ listen: false })
  onTestFinished(() => emulator.close())

  for (const name of names) {
    await emulator.inject({
      method: 'POST',
      url: `/client/v4/accounts/${ACCOUNT}/cfd_tunnel`,
      headers: { authorization: 'Bearer token' },
      payload: { name },
    })
  }
  return emulator.control
}

describe('the journal over the control plane', () => {
  it('lists, filters and clears what was asked', async () => {
    const control = await startWith('blog', 'shop', 'blog')

    expect((await control.listRequests()).map(({ body }) => body)).toEqual([
      { name: 'blog' },
      { name: 'shop' },
      { name: 'blog' },
    ])
    expect(await control.listRequests({ status: 409 })).toMatchObject([{ id: 3, operation: CREATE }])
    expect(await control.clearRequests()).toEqual({ cleared: 3 })
    expect(await control.listRequests()).toEqual([])
  })

  it('verifies; that something was not asked is an answer and no error', async () => {
    const control = await startWith('blog')

    expect(await control.verifyRequests({ operation: CREATE, body: { name: 'blog' } })).toMatchObject({ passed: true })
    expect(await control.verifyRequests({ operation: CREATE, body: { name: 'shop' } })).toMatchObject({
      passed: false,
      nearest: [{ request_id: 1, differences: [{ field: 'body.name', expected: 'shop', actual: 'blog' }] }],
    })
  })

  it('refuses an operation that there is not, which would never have been called', async () => {
    const control = await startWith()

    await expect(control.verifyRequests({ operation: 'create', count: { max: 0 } })).rejects.toThrow(
      `unknown operation create: there are`,
    )
  })
})
