import { readFileSync } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import { Agent, type RequestOptions, request } from 'node:https'
import { buffer } from 'node:stream/consumers'
import { connect } from 'node:tls'
import { onTestFinished } from 'vitest'
import { createEmulator, type EmulatorOptions } from '../../src/emulator/emulator.ts'
import { temporaryFolder } from './temporary.ts'

/** The base URL in programs that take no other. */
export const FIXED_URL = 'https://api.cloudflare.com/client/v4'

/** An emulator with TLS on a port of its own, and a CA in a temporary folder. */
export async function startWithTls(options: EmulatorOptions = {}) {
  const emulator = await createEmulator({
    port: 0,
    tls: true,
    tls_port: 0,
    ...(!options.tls_cert && { tls_dir: temporaryFolder() }),
    ...options,
  })
  onTestFinished(() => emulator.close())
  return { emulator, port: Number(new URL(emulator.tlsURL).port) }
}

/**
 * A fetch for which every host resolves to a port of this machine. It trusts a CA as a program does
 * that was started with it.
 */
export function fetchAt(port: number, caFile: string): typeof fetch {
  const ca = readFileSync(caFile, 'utf8')
  const agent = new Agent()
  agent.createConnection = ({ servername = '' }) => connect({ host: '127.0.0.1', port, servername, ca })

  return async (input, init = {}) => {
    const { method, url, headers, body } = new Request(input, init)
    const options: RequestOptions = { method, headers: Object.fromEntries(headers), agent }
    const sent = request(url, options)
    sent.end(body === null ? undefined : Buffer.from(await new Response(body).arrayBuffer()))
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      sent.once('response', resolve).once('error', reject)
    })
    const entries = Object.entries(response.headers).map(([name, value]): [string, string] => [name, String(value)])
    return new Response(new Uint8Array(await buffer(response)), { status: response.statusCode ?? 0, headers: entries })
  }
}
