/** A server with worker threads that is killed has the worlds of all threads again. */
import { expect, it } from 'vitest'
import { serve } from '../support/command.ts'
import { ACCOUNT } from '../support/emulator.ts'
import { temporaryFolder } from '../support/temporary.ts'

const IDS = ['one', 'two', 'three', 'four']

it('what a server with two threads acknowledged is there after kill -9', async () => {
  const args = ['--workers', '2', '--db', `${temporaryFolder()}/`]
  const first = await serve(args)
  for (const id of IDS) {
    const { json } = await first.control('PUT', `/worlds/${id}`, { from: 'empty' })
    const { base_url } = json as { base_url: string }
    const response = await fetch(`${base_url}/accounts/${ACCOUNT}/cfd_tunnel`, {
      method: 'POST',
      headers: { authorization: 'Bearer token' },
      body: JSON.stringify({ name: `of ${id}` }),
    })
    expect(response.status).toBe(200)
  }
  await first.stop('SIGKILL')
  const { json } = await (await serve(args)).control('GET', '/worlds')

  expect(json).toMatchObject(['main', ...IDS].map(id => ({ id, tunnels: id === 'main' ? 0 : 1 })))
})
