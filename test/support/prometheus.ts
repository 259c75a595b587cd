/** Runs Prometheus with the configuration of examples/metrics/. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface Sample {
  readonly metric: Readonly<Record<string, string>>
  readonly value: readonly [time: number, value: string]
}

interface Places {
  /** The address of the server, as HOST:PORT. */
  readonly target: string
  readonly token: string
  /** Where Prometheus listens. */
  readonly address: string
}

/** The configuration word for word, but for the address, and for an interval that a test can wait for. */
function placed(target: string): string {
  return readFileSync('examples/metrics/prometheus.yml', 'utf8')
    .replace('mockflared:8844', target)
    .replace('scrape_interval: 15s', 'scrape_interval: 200ms')
}

const NOT_READY = 503

export function startPrometheus({ target, token, address }: Places) {
  const folder = mkdtempSync(join(tmpdir(), 'mockflared-prometheus-'))
  writeFileSync(join(folder, 'prometheus.yml'), placed(target))
  writeFileSync(join(folder, 'control-token.txt'), token)
  const flags = {
    'config.file': join(folder, 'prometheus.yml'),
    'storage.tsdb.path': join(folder, 'data'),
    'web.listen-address': address,
    'log.level': 'error',
  }
  const child = spawn(
    'prometheus',
    Object.entries(flags).map(([name, value]) => `--${name}=${value}`),
    { stdio: ['ignore', 'inherit', 'inherit'] },
  )
  const ended = once(child, 'close')
  return {
    configuration: flags['config.file'],

    /** The current value of each series; undefined while Prometheus does not answer. */
    query: async (query: string): Promise<readonly Sample[] | undefined> => {
      const url = `http://${address}/api/v1/query?${new URLSearchParams({ query })}`
      const response = await fetch(url).catch(() => undefined)
      if (!response || response.status === NOT_READY) return undefined
      if (!response.ok) throw new Error(await response.text())
      const { data } = (await response.json()) as { data: { result: Sample[] } }
      return data.result
    },

    stop: async () => {
      child.kill('SIGTERM')
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
