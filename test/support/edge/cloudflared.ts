/** A real cloudflared, as a user starts it. */
import { execFileSync } from 'node:child_process'
import { env } from 'node:process'
import { type Program, startProgram } from './process.ts'
import type { EdgeServer } from './server.ts'

const CLOUDFLARED = env.CLOUDFLARED_BIN ?? ''

/** Such as 2026.8.2. */
export function cloudflaredVersion(): string | undefined {
  return /version (\S+)/.exec(execFileSync(CLOUDFLARED, ['--version'], { encoding: 'utf8' }))?.[1]
}

export interface Cloudflared extends Program {
  /** Reads a page of its metrics server: `/ready`, `/config` or `/metrics`. */
  readonly metrics: (path: string) => Promise<string>
  readonly ready: () => Promise<{ readonly readyConnections: number; readonly connectorId: string }>
  /** The configuration that it serves. */
  readonly config: () => Promise<{ readonly version: number; readonly config: unknown }>
}

/** The variables that point a cloudflared at an edge; one entry of `TUNNEL_EDGE` is one connection. */
export function tunnelEnvironment({ edge, caFile }: EdgeServer, connections = 4): Record<string, string> {
  return {
    TUNNEL_EDGE: Array(connections).fill(edge).join(','),
    TUNNEL_CACERT: caFile,
    TUNNEL_TRANSPORT_PROTOCOL: 'http2',
    NO_AUTOUPDATE: 'true',
    TUNNEL_NO_PRECHECKS: 'true',
  }
}

/** Starts `cloudflared ARGS` in an empty home directory. */
export function startCloudflared(
  home: string,
  variables: Readonly<Record<string, string>>,
  args: readonly string[] = ['tunnel', 'run'],
): Cloudflared {
  const environment = { HOME: home, PATH: env.PATH, TUNNEL_METRICS: '127.0.0.1:0', ...variables }
  const program = startProgram(CLOUDFLARED, args, environment, home)
  const metrics = async (path: string): Promise<string> => {
    const [, address] = await program.printed(/Starting metrics server on (\S+)\/metrics/, 30_000)
    return (await fetch(`http://${address}${path}`)).text()
  }
  return {
    ...program,
    metrics,
    ready: async () => JSON.parse(await metrics('/ready')),
    config: async () => JSON.parse(await metrics('/config')),
  }
}
