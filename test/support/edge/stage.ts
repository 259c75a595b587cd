/** What a check of the edge starts, and ends again: servers, origins, connectors. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Cloudflared, startCloudflared, tunnelEnvironment } from './cloudflared.ts'
import { type Origin, startOrigin } from './origin.ts'
import type { Program } from './process.ts'
import { type EdgeServer, type ServerPorts, startEdgeServer } from './server.ts'

/** Lines of a log in the report of a failure. */
const LOG_LINES = 25

export interface Stage {
  readonly folder: string
  readonly server: (args?: readonly string[], ports?: ServerPorts) => Promise<EdgeServer>
  readonly origin: (name?: string) => Promise<Origin>
  /** Ends something with the check. */
  readonly use: <T extends { readonly close: () => Promise<void> }>(resource: T) => T
  /** Starts cloudflared with any arguments, which the folder is home to. */
  readonly cloudflared: (variables: Readonly<Record<string, string>>, args?: readonly string[]) => Cloudflared
  /** Starts cloudflared with the token of a tunnel. */
  readonly run: (server: EdgeServer, token: string, connections?: number) => Cloudflared
  /** The end of each log, for the report of a failure. */
  readonly logs: () => string
  readonly close: () => Promise<void>
}

export function openStage(): Stage {
  const folder = mkdtempSync(join(tmpdir(), 'mockflared-edge-'))
  const resources: { readonly close: () => Promise<void> }[] = []
  const programs = new Map<string, Program>()
  const use = <T extends { readonly close: () => Promise<void> }>(resource: T): T => {
    resources.push(resource)
    return resource
  }
  const cloudflared: Stage['cloudflared'] = (variables, args) => {
    const started = use(startCloudflared(folder, variables, args))
    programs.set(`cloudflared ${programs.size}`, started)
    return started
  }
  return {
    folder,
    use,
    cloudflared,
    server: async (args = [], ports) => {
      const server = await startEdgeServer(folder, args, ports, program => {
        programs.set(`server ${programs.size}`, use(program))
      })
      return server
    },
    origin: async name => use(await startOrigin(name)),
    run: (server, token, connections) =>
      cloudflared({ ...tunnelEnvironment(server, connections), TUNNEL_TOKEN: token }),
    logs: () =>
      [...programs]
        .map(([name, { output }]) => `--- ${name}\n${linesOf(output()).slice(-LOG_LINES).join('\n')}`)
        .join('\n'),
    close: async () => {
      // The newest first: a server that stops before its connectors would wait for none of them.
      for (const { close } of resources.toReversed()) await close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Without the requests of checks that wait. */
function linesOf(log: string): readonly string[] {
  return log.split('\n').filter(line => line !== '' && !/: 200 GET /.test(line))
}
