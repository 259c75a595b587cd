import { describe, expect, it, onTestFinished } from 'vitest'
import { createEmulator, type EmulatorOptions } from '../../src/emulator/emulator.ts'
import { ACCOUNT, SECRET, seedOf, UNKNOWN_ID } from '../support/emulator.ts'

const TUNNEL = '00000000-0000-4000-8000-000000000001'
const address = { account_id: ACCOUNT, tunnel_id: TUNNEL }
const seed = seedOf({ id: TUNNEL, name: 'blog', tunnel_secret: SECRET })

async function start(options: EmulatorOptions = {}) {
  const emulator = await createEmulator({ port: 0, edge_port: 0, seed, ...options })
  onTestFinished(() => emulator.close())
  const { baseURL } = emulator
  const api = (method: string, body?: object) =>
    fetch(`${baseURL}/accounts/${ACCOUNT}/cfd_tunnel/${TUNNEL}`, {
      method,
      headers: { authorization: 'Bearer token' },
      ...(body && { body: JSON.stringify(body) }),
    })
  return { emulator, api }
}

function secretIn({ TUNNEL_TOKEN = '' }: Record<string, string>): unknown {
  return JSON.parse(atob(TUNNEL_TOKEN)).s
}

describe('the variables of a tunnel', () => {
  it('are the same by its name, its id and its address', async () => {
    const { emulator } = await start()
    const { name, env } = await emulator.control.getTunnelRun(address)

    expect(name).toBe('blog')
    for (const tunnel of ['blog', TUNNEL, address]) expect(await emulator.envOf(tunnel)).toEqual(env)
  })

  it('have the token with the current secret', async () => {
    const { emulator, api } = await start()
    const before = secretIn(await emulator.envOf('blog'))
    const tunnel_secret = Buffer.alloc(32, 9).toString('base64')
    await api('PATCH', { tunnel_secret })

    expect([before, secretIn(await emulator.envOf('blog'))]).toEqual([SECRET, tunnel_secret])
  })

  it('name the host under which the caller found a server that listens on all addresses', async () => {
    const { emulator } = await start({ host: '0.0.0.0' })
    const { port } = new URL(emulator.url)
    const path = `/_mockflared/accounts/${ACCOUNT}/tunnels/${TUNNEL}/run`
    const response = await fetch(`http://localhost:${port}${path}`)
    const { env } = (await response.json()) as { env: Record<string, string> }

    expect(env.TUNNEL_EDGE).toMatch(/^localhost:(\d+),localhost:\1,localhost:\1,localhost:\1$/)
  })
})

describe('there are no variables', () => {
  it('for a tunnel that is deleted', async () => {
    const { emulator, api } = await start()
    await api('DELETE')

    await expect(emulator.envOf(address)).rejects.toMatchObject({
      code: 'refused',
      message: `tunnel ${TUNNEL} is deleted`,
    })
    await expect(emulator.envOf('blog')).rejects.toThrow('there is no tunnel blog')
  })

  it('for a tunnel that does not exist', async () => {
    const { emulator } = await start()

    await expect(emulator.envOf({ ...address, tunnel_id: UNKNOWN_ID })).rejects.toMatchObject({ code: 'not_found' })
    await expect(emulator.envOf('nosuch')).rejects.toThrow('there is no tunnel nosuch')
  })

  it('for a name that several accounts have', async () => {
    const others = [{ tunnels: [{ account_tag: '023e105f4ecef8ad9ca31a8372d0c353', name: 'blog' }] }]
    const { emulator } = await start({ seed: [...seed, ...others] })

    await expect(emulator.envOf('blog')).rejects.toThrow(
      /^several accounts have a tunnel blog: pass { account_id, tunnel_id }, of /,
    )
  })

  it('without an edge', async () => {
    const emulator = await createEmulator({ listen: false, seed })
    onTestFinished(() => emulator.close())

    await expect(emulator.envOf('blog')).rejects.toMatchObject({
      code: 'refused',
      message: 'the edge is off: start the server with --edge-port',
    })
  })
})
