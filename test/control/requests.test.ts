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

describe('the request log', () => {
  it('can be listed, filtered and cleared', async () => {
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

  it('verifies expectations, with a result when one is not met', async () => {
    const control = await startWith('blog')

    expect(await control.verifyRequests({ operation: CREATE, body: { name: 'blog' } })).toMatchObject({ passed: true })
    expect(await control.verifyRequests({ operation: CREATE, body: { name: 'shop' } })).toMatchObject({
      passed: false,
      nearest: [{ request_id: 1, differences: [{ field: 'body.name', expected: 'shop', actual: 'blog' }] }],
    })
  })

  it('refuses to verify an unknown operation', async () => {
    const control = await startWith()

    await expect(control.verifyRequests({ operation: 'create', count: { max: 0 } })).rejects.toThrow(
      `unknown operation create: there are`,
    )
  })
})
