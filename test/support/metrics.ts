import type { EmulatorOptions } from '../../src/emulator/emulator.ts'
import { startEmulator } from './emulator.ts'

/** An emulator with metrics, and functions that read them. */
export async function startWithMetrics(options: EmulatorOptions = {}) {
  const started = await startEmulator({ metrics: true, ...options })
  const exposition = async (): Promise<string> => (await started.emulator.inject({ url: '/metrics' })).body
  return {
    ...started,
    exposition,

    /** The value of each series of a metric, by its labels as text. */
    read: async (name: string): Promise<Readonly<Record<string, number>>> => seriesOf(name, await exposition()),
  }
}

function seriesOf(name: string, exposition: string): Readonly<Record<string, number>> {
  const lines = exposition.matchAll(new RegExp(`^${name}(?:\\{(.*)\\})? (\\S+)$`, 'gm'))
  return Object.fromEntries([...lines].map(([, labels = '', value]) => [labels, Number(value)]))
}
