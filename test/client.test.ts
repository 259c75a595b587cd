/** `mockflared/client`: the control plane over HTTP. */
import { execFile } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { execPath } from 'node:process'
import { promisify } from 'node:util'
import { describe, expect, it, onTestFinished } from 'vitest'
import { OPERATION_NAMES } from '../schemas/control/operations.ts'
import { ControlError, createControlClient } from '../src/client.ts'
import { createEmulator, type EmulatorOptions } from '../src/emulator/emulator.ts'
import { ControlError as LibraryError } from '../src/index.ts'
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

/** As text, without the port, which differs between two servers. */
function comparable(result: unknown): string {
  return JSON.stringify(result).replaceAll(/127\.0\.0\.1:\d+/g, '')
}

describe('createControlClient', () => {
  it('has a function for each operation of the library', async () => {
    const { emulator } = await start()

    expect(Object.keys(createControlClient({ url: 'http://127.0.0.1' }))).toEqual(OPERATION_NAMES)
    expect(Object.keys(emulator.control)).toEqual(OPERATION_NAMES)
  })

  it.each<[string, (control: ReturnType<typeof createControlClient>) => Promise<unknown>]>([
    ['no input', control => control.getInfo()],
    ['a body', control => control.moveClock({ advance: '1h' })],
    ['path parameters', control => control.listConnectors(address)],
    ['path parameters and a body', control => control.connectConnector({ ...address, version: '2026.1.0' })],
    ['a query', control => control.listRequests({ operation: 'listTunnels', limit: 5 })],
    ['a nested object', control => control.addFault({ effect: { hang: true } })],
    ['a whole state', control => control.putState({ tunnels: [{ account_tag: ACCOUNT, name: 'shop' }] })],
  ])('sends %s and resolves like the library', async (_what, ask) => {
    const [remote, local] = [await start(), await start()]
    const result = await ask(remote.client)

    expect(comparable(result)).toBe(comparable(await ask(local.emulator.control)))
  })

  it('with a world works on that world', async () => {
    const { emulator, client } = await start()
    const { id } = await client.createWorld({ from: 'empty' })
    const world = createControlClient({ url: `${emulator.url}/`, world: id })

    expect(await world.getInfo()).toMatchObject({ world: id })
    expect((await world.getState()).tunnels).toEqual([])
    expect(await client.deleteWorld({ id })).toEqual({ done: true })
  })

  it('does not send keys whose value is undefined', async () => {
    const { client } = await start()

    expect(await client.listEvents(JSON.parse('{}', () => ({ after: undefined })))).toEqual([])
  })

  it('sends its token', async () => {
    const { emulator, client } = await start({ control_token: 'secret' })

    expect(await client.getInfo()).toMatchObject({ world: 'main' })
    await expect(createControlClient({ url: emulator.url }).getInfo()).rejects.toMatchObject({ code: 'forbidden' })
  })

  it('sends its requests through another fetch', async () => {
    const { url, fetch, close } = await createEmulator({ listen: false })
    onTestFinished(close)
    const client = createControlClient({ url, fetch })

    expect(await client.createWorld({})).toMatchObject({ base_url: expect.stringContaining(`${url}/w/`) })
  })
})

describe('createControlClient rejects', () => {
  it.each([
    ['invalid input', { advance: 'soon' }, 400, 'invalid'],
    ['an unknown snapshot', { to: 'nowhere' }, 404, 'not_found'],
  ])('%s', async (_what, input, status, code) => {
    const { client } = await start()
    const ask = 'to' in input ? () => client.reset({ to: input.to }) : () => client.moveClock(input)
    const failure = await ask().catch(error => error)

    expect(failure).toBeInstanceOf(ControlError)
    expect(failure).toMatchObject({ name: 'ControlError', status, code, message: expect.stringMatching(/\w/) })
  })

  it('an unknown tunnel', async () => {
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

/** Throws when a package is loaded, and prints the loaded files. */
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
  console.log(world, ...loaded.toSorted())
`

describe('ControlError', () => {
  it('is one class in the library and in the client', async () => {
    const { emulator, client } = await start()
    const failures = await Promise.all(
      [emulator.control, client].map(control => control.deleteWorld({ id: 'none' }).catch(error => error)),
    )

    expect(LibraryError).toBe(ControlError)
    for (const failure of failures) {
      expect(failure).toBeInstanceOf(ControlError)
      expect(failure).toMatchObject({ name: 'ControlError', code: 'gone', status: 410 })
    }
    expect(failures[0]?.message).toBe(failures[1]?.message)
  })
})

describe('src/client.ts', () => {
  it('loads no package, no model and no code of the server', async () => {
    const { emulator } = await start()
    const module = new URL('../src/client.ts', import.meta.url).href
    const args = ['--input-type=module', '--eval', ALONE, module, emulator.url]
    const { stdout } = await promisify(execFile)(execPath, args)

    expect(stdout).toBe(
      'main client.ts control-error.ts control.ts edge-operations.ts is-object.ts operation.ts operations.ts snapshot-operations.ts tunnel-operations.ts\n',
    )
  })
})
