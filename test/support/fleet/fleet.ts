/**
 * Three replicas behind a balancer, each a process of its own. They have a network of their own, so
 * that the ports in the configurations stay and several fleets run at once.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execPath } from 'node:process'
import { vi } from 'vitest'
import type { WorldSummary } from '../../../schemas/control/world.ts'
import { COMPILE_CACHE } from '../compile-cache.ts'
import { type BalancerName, startBalancer } from './balancers.ts'

const PORT = 8844
const REPLICAS = [10, 11, 12]
const START_MS = 30_000
const FLAGS = ['--seed', 'every-status', '--max-worlds', '1000', '--behind-balancer']

export interface Replica {
  readonly url: string
  readonly start: () => Promise<void>
  /** SIGKILL ends the process as the kernel does when there is no memory left, SIGTERM as an update does. */
  readonly stop: (signal: 'SIGKILL' | 'SIGTERM') => Promise<void>
  /** The ids of its worlds, without the main world. */
  readonly worlds: () => Promise<readonly string[]>
}

export interface Fleet {
  /** Of the balancer. */
  readonly url: string
  readonly replicas: readonly Replica[]
  readonly close: () => Promise<void>
}

/** A /24 of the loopback network. The first numbers are left to what else runs on this machine. */
function network(): string {
  return `127.${16 + Math.floor(Math.random() * 200)}.${Math.floor(Math.random() * 256)}`
}

async function waitUntilOk(url: string): Promise<void> {
  await vi.waitUntil(async () => (await fetch(url).catch(() => undefined))?.ok, { timeout: START_MS, interval: 10 })
}

function createReplica(host: string, args: readonly string[]): Replica {
  const url = `http://${host}:${PORT}`
  let child: ChildProcess | undefined
  return {
    url,
    start: async () => {
      child = spawn(execPath, ['src/cli.ts', '--host', host, '--port', String(PORT), '--log', 'off', ...args], {
        env: COMPILE_CACHE,
        stdio: ['ignore', 'ignore', 'inherit'],
      })
      await waitUntilOk(`${url}/readyz`)
    },
    stop: async signal => {
      const ended = child && once(child, 'close')
      child?.kill(signal)
      await ended
      child = undefined
    },
    worlds: async () => {
      const response = await fetch(`${url}/_mockflared/worlds`)
      const summaries = (await response.json()) as WorldSummary[]
      return summaries.map(({ id }) => id).filter(id => id !== 'main')
    },
  }
}

export async function startFleet(name: BalancerName): Promise<Fleet> {
  const folder = mkdtempSync(join(tmpdir(), 'mockflared-fleet-'))
  // nginx gives up the rights of root before it writes.
  chmodSync(folder, 0o755)
  const net = network()
  const hosts = REPLICAS.map(number => `${net}.${number}`)
  const replicas = hosts.map(host => createReplica(host, [...FLAGS, '--db', `${join(folder, host)}/`]))
  const address = `${net}.1:${PORT}`
  const [balancer] = await Promise.all([
    startBalancer(name, { balancer: address, replicas: hosts.map(host => `${host}:${PORT}`), folder }),
    ...replicas.map(({ start }) => start()),
  ])
  await waitUntilOk(`http://${address}/balancer`)
  return {
    url: `http://${address}`,
    replicas,
    close: async () => {
      await Promise.all([balancer.stop(), ...replicas.map(({ stop }) => stop('SIGKILL'))])
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
