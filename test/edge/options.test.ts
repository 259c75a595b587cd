/** How an emulator with an edge starts and closes. */
import { once } from 'node:events'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import { dirname, join } from 'node:path'
import { connect } from 'node:tls'
import { describe, expect, it, onTestFinished } from 'vitest'
import { DEFAULTS } from '../../src/config/options.ts'
import { createEdge } from '../../src/edge/edge.ts'
import { loadEdge } from '../../src/emulator/edge.ts'
import { createEmulator, type EmulatorOptions } from '../../src/index.ts'
import { createWorlds } from '../../src/worlds/registry.ts'
import { closed } from '../support/edge/open-sessions.ts'
import { startEdge } from '../support/edge/start-edge.ts'
import { temporaryFile, temporaryFolder } from '../support/temporary.ts'
import { EXTENSIONS, memoryStorage, WORLD_LIMITS, worldSettings } from '../support/world-settings.ts'

function noWorlds(): never {
  throw new Error('there are no worlds yet')
}

async function caFileWith(options: EmulatorOptions): Promise<string> {
  const emulator = await createEmulator({ port: 0, edge_port: 0, ...options })
  onTestFinished(emulator.close)
  expect(statSync(emulator.edgeCaFile).mode & 0o777).toBe(0o644)
  await emulator.close()
  return emulator.edgeCaFile
}

describe('the edge is refused in one line', () => {
  it('without sockets', async () => {
    await expect(createEmulator({ listen: false, edge_port: 0 })).rejects.toThrow(
      /^edge_port needs a socket: leave out listen: false$/,
    )
  })

  it('if its port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await new Promise(resolve => other.once('listening', resolve))
    onTestFinished(() => void other.close())
    const { port } = Object(other.address())
    await expect(createEmulator({ port: 0, edge_port: port })).rejects.toThrow(
      new Error(`port ${port} of 127.0.0.1 is taken`),
    )
  })

  it('if its folder cannot be used', async () => {
    const edge_dir = join(temporaryFolder({ file: 'text' }), 'file')
    await expect(createEmulator({ port: 0, edge_port: 0, edge_dir })).rejects.toThrow(
      /^cannot keep a CA in .*; name another folder with --edge-dir$/,
    )
  })
})

describe('the CA of the edge', () => {
  it('is in the folder of the option, and stays the same', async () => {
    const edge_dir = join(temporaryFolder(), 'edge')
    const file = await caFileWith({ edge_dir })
    const ca = readFileSync(file, 'utf8')
    expect(file).toBe(join(edge_dir, 'ca.pem'))
    expect(statSync(join(edge_dir, 'private', 'ca-key.pem')).mode & 0o777).toBe(0o600)

    await caFileWith({ edge_dir })
    expect(readFileSync(file, 'utf8')).toBe(ca)
  })

  it('is beside the database', async () => {
    const db = temporaryFile('data.db')
    expect(await caFileWith({ db })).toBe(`${db}.edge/ca.pem`)
  })

  it('is that of TLS, if TLS is on', async () => {
    const tls_dir = temporaryFolder()
    expect(await caFileWith({ tls: true, tls_port: 0, tls_dir, db: temporaryFile('data.db') })).toBe(
      join(tls_dir, 'ca.pem'),
    )
  })

  it('is in a temporary folder otherwise, which goes when the emulator closes', async () => {
    const file = await caFileWith({})
    expect(existsSync(dirname(file))).toBe(false)
  })
})

describe('an edge on an address', () => {
  it.each([
    ['127.0.0.1', 0],
    ['localhost', 0],
    ['::1', 0],
    ['0.0.0.0', 1],
    ['192.0.2.1', 1],
  ])('%s warns %i times that others can reach it', async (host, count) => {
    const warnings: string[] = []
    await loadEdge({ ...DEFAULTS, edge_port: 0, host }, true, noWorlds, line => warnings.push(line))
    expect(warnings).toHaveLength(count)
  })

  it('localhost listens where clients of that name connect', async () => {
    const { emulator } = await startEdge({ host: 'localhost' })
    expect(emulator.edgeAddress).toMatch(/^(127\.0\.0\.1|\[::1\]):\d+$/)
  })
})

it('an edge with the maximum number of connections refuses others', async () => {
  const warnings: string[] = []
  const worlds = createWorlds(memoryStorage(), [], worldSettings(), WORLD_LIMITS, EXTENSIONS)
  onTestFinished(worlds.close)
  const edge = createEdge(
    { ...DEFAULTS, edge_port: 0 },
    () => worlds,
    line => warnings.push(line),
    2,
  )
  onTestFinished(edge.close)
  const { address, certificate: ca } = await edge.open()
  const port = Number(address.split(':')[1])
  const open = () => connect({ host: '127.0.0.1', port, ca, servername: 'h2.cftunnel.com' }).resume()
  const first = [open(), open()]
  await Promise.all(first.map(socket => once(socket, 'data')))

  await closed(open().on('error', () => {}))
  expect(warnings).toEqual(['edge: refused a connection of 127.0.0.1: there are 2 already'])
  expect(first.map(socket => socket.closed)).toEqual([false, false])
})

describe('an emulator that closes', () => {
  it('ends all connections at once', async () => {
    const edge = await startEdge()
    const tunnel = await edge.createTunnel()
    const connectors = await Promise.all([edge.connectorOf(tunnel), edge.connectorOf(tunnel)])
    const connections = (await Promise.all(connectors.map(connector => connector.connectAll()))).flat()
    const started = performance.now()
    await edge.emulator.close()
    // The API closes meanwhile, and machines may be busy.
    expect(performance.now() - started).toBeLessThan(1_000)
    await Promise.all(connections.map(connection => connection.closed))
  })
})
