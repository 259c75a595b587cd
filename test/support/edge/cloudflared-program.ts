/**
 * A program that stands for `cloudflared tunnel run` where there is none: it reads the same
 * variables, opens as many connections, reconnects, and serves HTTP by its configuration.
 */
import { readFileSync } from 'node:fs'
import { request } from 'node:http'
import type { IncomingHttpHeaders, ServerHttp2Stream } from 'node:http2'
import process, { env, stderr } from 'node:process'
import { setTimeout } from 'node:timers/promises'
import type { TunnelConfig } from '../../../schemas/configuration.ts'
import { FakeConnector } from './fake-connector.ts'
import { type HeaderPairs, responseHead } from './packed-headers.ts'

const { TUNNEL_TOKEN: token = '', TUNNEL_EDGE: edge = '', TUNNEL_CACERT: ca = '' } = env
const addresses = edge.split(',')
const { port } = new URL(`tcp://${addresses[0]}`)
const connector = new FakeConnector({ port: Number(port), ca: readFileSync(ca, 'utf8'), token, onRequest: serve })
let isStopping = false

function serve(stream: ServerHttp2Stream, headers: IncomingHttpHeaders): void {
  const { ingress = [] } = (connector.configuration.config ?? {}) as TunnelConfig
  const { ':authority': hostname } = headers
  const service = ingress.find(rule => !rule.hostname || rule.hostname === hostname)?.service ?? 'http_status:503'
  const [, status] = /^http_status:(\d+)$/.exec(service) ?? []
  if (status === undefined) forward(stream, service, headers)
  else stream.respond(responseHead(Number(status)), { endStream: true })
}

function forward(stream: ServerHttp2Stream, service: string, headers: IncomingHttpHeaders): void {
  const { ':method': method, ':path': path = '/', ':authority': host } = headers as Record<string, string>
  const regular = Object.fromEntries(Object.entries(headers).filter(([name]) => !name.startsWith(':')))
  const sent = request(new URL(path, service), { method: method ?? 'GET', headers: { ...regular, host } })
  sent.once('response', response => {
    const pairs: HeaderPairs = Object.entries(response.headersDistinct).flatMap(([name, values = []]) =>
      values.map((value): [string, string] => [name, value]),
    )
    stream.respond(responseHead(response.statusCode ?? 0, pairs))
    response.pipe(stream)
  })
  sent.once('error', () => stream.respond(responseHead(502, [], 'cloudflared'), { endStream: true }))
  stream.pipe(sent)
}

/** Connects again whenever the connection ends, as the real one does after some seconds. */
async function keepConnected(index: number): Promise<void> {
  while (!isStopping) {
    try {
      const { closed } = await connector.connect(index)
      stderr.write(`INF Registered tunnel connection connIndex=${index}\n`)
      await closed
    } catch (error) {
      stderr.write(`ERR ${error instanceof Error ? error.message : String(error)}\n`)
    }
    await setTimeout(100)
  }
}

process.once('SIGTERM', async () => {
  isStopping = true
  await connector.stop()
  process.exit()
})

for (const index of addresses.keys()) void keepConnected(index)
