import type { Worker } from 'node:worker_threads'
import { onTestFinished } from 'vitest'
import { type ClientOptions, createControlClient } from '../../src/client.ts'
import { startWorkers } from '../../src/emulator/workers/front.ts'
import { ACCOUNT } from './emulator.ts'

type Options = Parameters<typeof startWorkers>[0]

/** Starts a server with two worker threads, or as many as the options say. */
export async function openWorkersServer(options: Options = {}) {
  const threads: Worker[] = []
  const note = (worker: Worker): void => void threads.push(worker)
  process.on('worker', note)
  const server = await startWorkers({ port: 0, workers: 2, log: 'off', ...options }).finally(() =>
    process.off('worker', note),
  )
  const { url } = server
  return {
    ...server,
    /** In the order of their groups. */
    threads,
    client: (more: Omit<ClientOptions, 'url'> = {}) => createControlClient({ url, ...more }),
    /** Sends a request about the tunnels of a world. */
    tunnels: (world: string, init: RequestInit = {}) =>
      fetch(`${url}/w/${world}/client/v4/accounts/${ACCOUNT}/cfd_tunnel`, {
        headers: { authorization: 'Bearer token' },
        ...init,
      }),
  }
}

/** The same, until the test is over. */
export async function startWorkersServer(options?: Options) {
  const server = await openWorkersServer(options)
  onTestFinished(server.close)
  return server
}
