import type { Options } from './options.ts'

/** Our choice: longer than any answer takes, shorter than an orchestrator waits. */
const PATIENCE_MS = 2_000

/** Asks the server that these options start whether it is well. Rejects with one clear line when it is not, or not there. */
export const checkHealth = async ({ host, port }: Pick<Options, 'host' | 'port'>): Promise<void> => {
  const url = `http://${reachable(host)}:${port}/healthz`
  const { status } = await fetch(url, { signal: AbortSignal.timeout(PATIENCE_MS) }).catch(() => ({ status: 0 }))
  if (status !== 200) throw new Error(`${url} ${status === 0 ? 'does not answer' : `answers ${status}`}`)
}

/** A server on every address is asked at the local one. */
const reachable = (host: string): string => {
  if (host === '0.0.0.0') return '127.0.0.1'
  if (host === '::') return '[::1]'
  return host.includes(':') ? `[${host}]` : host
}
