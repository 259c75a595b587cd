/** Resident memory of a server, in MiB. */
import { setTimeout } from 'node:timers/promises'
import type { Server } from './process.ts'

const MIB = 2 ** 20

/** Until the process has given back what it no longer needs. */
const SETTLED_AFTER_MS = 500

export async function sizeOf(server: Server): Promise<number> {
  await setTimeout(SETTLED_AFTER_MS)
  return (await server.usage()).rss_bytes / MIB
}

export async function growthOf(server: Server, work: () => Promise<unknown>): Promise<number> {
  const before = await sizeOf(server)
  await work()
  return (await sizeOf(server)) - before
}
