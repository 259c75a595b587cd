/** `mockflared/client`: the verbs over HTTP, for whoever has a server elsewhere. */
import { execFile } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { execPath } from 'node:process'
import { promisify } from 'node:util'
import { describe, expect, it, onTestFinished } from 'vitest'
import { VERBS } from '../schemas/control/operations.ts'
import { ControlFailed, createControlClient } from '../src/client.ts'
import { ACTIONS } from '../src/control/actions.ts'
import { createEmulator, type EmulatorOptions } from '../src/emulator/emulator.ts'
import { ACCOUNT, seedOf, UNKNOWN_ID } from './support/emulator.ts'

const TUNNEL = '00000000-0000-4000-8000-000000000001'
const address = { account_id: ACCOUNT, tunnel_id: TUNNEL }
const START = '2026-01-01T00:00:00.000000Z'

async function start(options: EmulatorOptions = {}) {
  const seed = seedOf({ id: TUNNEL, name: 'blog' })
  const emulator = await createEmulator({ port: 0, clock: START, random_seed: 1, seed, ...options })
  onTestFinished(() => emulator.close())
  return { emulator, client: createControlClient({ url: emulator.url, token: options.control_token }) }
}

/** As text, without what differs between two servers: the port, and how far the clock is from that of this machine. */
function alike(answer: unknown): string {
  return JSON.stringify(answer).replaceAll(/127\.0\.0\.1:\d+|"offset_ms":-?\d+/g, '')
}

describe('a client', () => {
  it('has every verb of the library, by the same method and path', () => {
    const declared = Object.entries(ACTIONS).map(([name, { method, path }]) => [name, method, path])

    expect(Object.entries(VERBS).map(([name, { method, path }]) => [name, method, path])).toEqual(declared)
    expect(Object.keys(createControlClient({ url: 'http://127.0.0.1' }))).toEqual(Object.keys(ACTIONS))
  })

  it.each<[string, (control: ReturnType<typeof createControlClient>) => Promise<unknown>]>([
    ['nothing', control => control.getInfo()],
    ['a body', control => control.moveClock({ advance: '1h' })],
    ['a path', control => control.listConnectors(address)],
    ['a path and a body', control => control.connectConnector({ ...address, version: '2026.1.0' })],
    ['a query', control => control.listRequests({ operation: 'listTunnels', limit: 5 })],
    ['a path with an id of its own', control => control.addFault({ effect: { hang: true } })],
    ['a whole state', control => control.putState({ tunnels: [{ account_tag: ACCOUNT, name: 'shop' }] })],
  ])('sends %s, and is answered like the library', async (_what, ask) => {
    const [over, within] = [await start(), await start()]
    const answer = await ask(over.client)

    expect(alike(answer)).toBe(alike(await ask(within.emulator.control)))
  })

  it('drives a world of its own', async () => {
    const { emulator, client } = await start()
    const { id } = await client.createWorld({ from: 'empty' })
    const world = createControlClient({ url: `${emulator.url}/`, world: id })

    expect(await world.getInfo()).toMatchObject({ world: id })
    expect((await world.getState()).tunnels).toEqual([])
    expect(await client.deleteWorld({ id })).toEqual({ done: true })
  })

  it('leaves out what is undefined', async () => {
    const { client } = await start()

    expect(await client.listEvents(JSON.parse('{}', () => ({ after: undefined })))).toEqual([])
  })

  it('shows its token', async () => {
    const { emulator, client } = await start({ control_token: 'secret' })

    expect(await client.getInfo()).toMatchObject({ world: 'main' })
    await expect(createControlClient({ url: emulator.url }).getInfo()).rejects.toMatchObject({ code: 'forbidden' })
  })

  it('takes another fetch', async () => {
    const { url, fetch, close } = await createEmulator({ listen: false })
    onTestFinished(close)
    const client = createControlClient({ url, fetch })

    expect(await client.createWorld({})).toMatchObject({ base_url: expect.stringContaining(`${url}/w/`) })
  })
})

describe('a client rejects', () => {
  it.each([
    ['what is invalid', { advance: 'soon' }, 400, 'invalid'],
    ['what is not there', { to: 'nowhere' }, 404, 'not_found'],
  ])('%s', async (_what, input, status, code) => {
    const { client } = await start()
    const ask = 'to' in input ? () => client.reset({ to: input.to }) : () => client.moveClock(input)
    const failure = await ask().catch(error => error)

    expect(failure).toBeInstanceOf(ControlFailed)
    expect(failure).toMatchObject({ name: 'ControlFailed', status, code, message: expect.stringMatching(/\w/) })
  })

  it('a tunnel that is none', async () => {
    const { client } = await start()

    await expect(client.listConnectors({ ...address, tunnel_id: UNKNOWN_ID })).rejects.toMatchObject({
      code: 'not_found',
    })
  })

  it('when something else answers', async () => {
    const server = createServer((_request, response) => response.end('<html>')).listen(0, '127.0.0.1')
    onTestFinished(() => void server.close())
    await new Promise(resolve => server.once('listening', resolve))
    const { port } = server.address() as AddressInfo
    const failure = createControlClient({ url: `http://127.0.0.1:${port}` }).getInfo()

    await expect(failure).rejects.toThrow(`http://127.0.0.1:${port}/_mockflared/ answered 200, and no control plane`)
  })

  it('when nothing answers', async () => {
    const { emulator, client } = await start()
    await emulator.close()

    await expect(client.getInfo()).rejects.toThrow(TypeError)
  })
})

/** Nothing but files beside it can be loaded, so no package of the server can. What was loaded is printed. */
const ALONE = `
  import { registerHooks } from 'node:module'
  const loaded = []
  registerHooks({
    resolve: (specifier, context, next) => {
      if (!/^(\\.|file:|node:)/.test(specifier)) throw new Error('loads ' + specifier)
      return next(specifier, context)
    },
    load: (url, context, next) => {
      loaded.push(url.split('/').at(-1))
      return next(url, context)
    },
  })
  const { createControlClient } = await import(process.argv[1])
  const { world } = await createControlClient({ url: process.argv[2] }).getInfo()
  console.log(world, ...loaded)
`

describe('the module of the client', () => {
  it('works without a package of the server, and loads nothing of it', async () => {
    const { emulator } = await start()
    const module = new URL('../src/client.ts', import.meta.url).href
    const args = ['--input-type=module', '--eval', ALONE, module, emulator.url]
    const { stdout } = await promisify(execFile)(execPath, args)

    expect(stdout).toBe('main client.ts operations.ts\n')
  })
})
