/** Runs nginx and HAProxy with the configurations of examples/fleet/. */
import { execFile, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

interface Program {
  readonly configuration: string
  /** How it reads its own configuration and says what is wrong with it. */
  readonly check: (file: string, folder: string) => readonly string[]
  readonly serve: (file: string, folder: string) => readonly string[]
}

const PROGRAMS = {
  nginx: {
    configuration: 'nginx.conf',
    check: (file, folder) => ['-t', '-c', file, '-p', folder, '-e', 'stderr'],
    serve: (file, folder) => ['-c', file, '-p', folder, '-e', 'stderr', '-g', 'daemon off;'],
  },
  haproxy: {
    configuration: 'haproxy.cfg',
    check: file => ['-c', '-f', file],
    serve: file => ['-db', '-f', file],
  },
} as const satisfies Record<string, Program>

export type BalancerName = keyof typeof PROGRAMS

export const BALANCERS = Object.keys(PROGRAMS) as BalancerName[]

/** Why the tests of a balancer are skipped; empty if they run. */
export function skipReason(name: BalancerName): string {
  return spawnSync(name, ['-v']).error ? `there is no ${name}` : ''
}

/** Where the balancer listens, and where it finds each replica instead of under its name. */
export interface Places {
  /** Host and port, like those of the replicas. */
  readonly balancer: string
  readonly replicas: readonly string[]
  /** Of the balancer's own files. */
  readonly folder: string
}

/** The configuration word for word, except for addresses and the folder of temporary files. */
function placed(text: string, { balancer, replicas, folder }: Places): string {
  return text
    .replaceAll(/^.* mockflared-(\d):8844.*\n/gm, (line, nth) => (nth < replicas.length ? line : ''))
    .replaceAll(/mockflared-(\d):8844/g, (_all, nth) => String(replicas[nth]))
    .replace('listen 8844', `listen ${balancer}`)
    .replace('bind :8844', `bind ${balancer}`)
    .replaceAll('/tmp/', `${folder}/`)
}

export interface RunningBalancer {
  readonly pid: number
  readonly stop: () => Promise<void>
}

/** Checks the configuration with the program itself, and starts it. Rejects with what it prints. */
export async function startBalancer(name: BalancerName, places: Places): Promise<RunningBalancer> {
  const { configuration, check, serve } = PROGRAMS[name]
  const file = join(places.folder, configuration)
  writeFileSync(file, placed(readFileSync(`examples/fleet/${configuration}`, 'utf8'), places))
  await run(name, check(file, places.folder))
  // nginx logs each request that finds no replica, which these tests provoke.
  const log = openSync(join(places.folder, 'balancer.log'), 'a')
  const child = spawn(name, serve(file, places.folder), { stdio: ['ignore', log, log] })
  closeSync(log)
  const ended = once(child, 'close')
  return {
    pid: child.pid ?? 0,
    stop: async () => {
      child.kill('SIGTERM')
      await ended
    },
  }
}
