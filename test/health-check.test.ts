import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { readCommand } from '../src/command-line.ts'
import { createEmulator } from '../src/emulator.ts'
import { checkHealth } from '../src/health-check.ts'

const listenOn = async (host: string): Promise<number> => {
  const emulator = await createEmulator({ host, port: 0 })
  onTestFinished(() => emulator.close())
  return Number(new URL(emulator.url).port)
}

/** A server that is not well. */
const ailing = async (status: number): Promise<number> => {
  const server = createServer((_request, response) => response.writeHead(status).end())
  onTestFinished(() => void server.close())
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve)
  })
  return (server.address() as AddressInfo).port
}

describe('the health check', () => {
  it.each(['127.0.0.1', '0.0.0.0', 'localhost'])('is passed by a server on %s', async host => {
    await expect(checkHealth({ host, port: await listenOn(host) })).resolves.toBeUndefined()
  })

  it('says where nothing answers', async () => {
    const port = await listenOn('127.0.0.1')

    await expect(checkHealth({ host: '127.0.0.2', port })).rejects.toThrow(
      `http://127.0.0.2:${port}/healthz does not answer`,
    )
  })

  it('says what is answered instead', async () => {
    const port = await ailing(503)

    await expect(checkHealth({ host: '0.0.0.0', port })).rejects.toThrow(`127.0.0.1:${port}/healthz answers 503`)
  })

  it('follows the same options as the server', () => {
    expect(readCommand(['health', '--host', '127.0.0.9'], { MOCKFLARED_PORT: '9000' })).toEqual({
      kind: 'health',
      options: { host: '127.0.0.9', port: 9000 },
    })
  })
})
