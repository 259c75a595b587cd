import { describe, expect, it } from 'vitest'
import type { ArgoTunnel } from '../../schemas/argo-tunnel.ts'
import { SECRET, startEmulator } from '../support/emulator.ts'

const CREATE = 'argo-tunnel-create-an-argo-tunnel'

async function startControlled() {
  const { old, send } = await startEmulator()
  const fault = (payload: object) => send({ method: 'POST', url: '/_mockflared/faults', payload })
  const requests = () => send({ url: '/_mockflared/requests' })
  return { old, fault, requests }
}

describe('the control plane on the deprecated paths', { tags: ['argo_paths', 'stale_reads'] }, () => {
  it('injects faults by the names of their operations', async () => {
    const { fault, old } = await startControlled()
    await fault({ operation: CREATE, times: 1, effect: { error: { status: 429, code: 971 } } })

    expect((await old.get('')).status).toBe(200)
    expect((await old.post('', {})).status).toBe(429)
  })

  it('injects stale reads like on the present paths', async () => {
    const { fault, old } = await startControlled()
    const { result } = await old.post<ArgoTunnel>('', { name: 'blog', tunnel_secret: SECRET })
    await fault({ effect: { stale: { ms: 60_000 } } })

    expect((await old.get('')).result).toEqual([])
    expect((await old.get(`/${result.id}`)).status).toBe(404)
  })

  it('logs their requests without the secret', async () => {
    const { old, requests } = await startControlled()
    await old.post('', { name: 'blog', tunnel_secret: SECRET, metadata: {} })

    expect(JSON.stringify(await requests())).not.toContain(SECRET)
    expect(Object.values(await requests())).toContainEqual(
      expect.objectContaining({ operation: CREATE, status: 200, unread: ['body.metadata'] }),
    )
  })
})
