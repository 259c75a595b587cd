/** Prometheus itself reads the metrics, and answers the queries of the dashboard. */
import { spawnSync } from 'node:child_process'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { createEmulator, type Emulator } from '../../src/emulator/emulator.ts'
import { dashboardQueries } from '../support/dashboard.ts'
import { ACCOUNT } from '../support/emulator.ts'
import { startPrometheus } from '../support/prometheus.ts'

const TOKEN = 'sesame'
const WAIT_MS = 30_000

let emulator: Emulator
let prometheus: ReturnType<typeof startPrometheus>
let isOver = false
let traffic: Promise<void>

/** Something of everything that is measured. */
async function use({ control, baseURL, fetch: send }: Emulator): Promise<void> {
  const list = () => send(`${baseURL}/accounts/${ACCOUNT}/cfd_tunnel`, { headers: { authorization: 'Bearer t' } })
  await list()
  await control.addFault({ times: 1, effect: { html: 502 } })
  await list()
  const { id } = await control.createWorld()
  await control.deleteWorld({ id })
}

async function useUntilOver(): Promise<void> {
  while (!isOver) {
    await use(emulator)
    await pause(50)
  }
}

beforeAll(async () => {
  const host = `127.${16 + Math.floor(Math.random() * 200)}.${Math.floor(Math.random() * 256)}.1`
  emulator = await createEmulator({ host, port: 0, metrics: true, control_token: TOKEN, log: 'off' })
  traffic = useUntilOver()
  prometheus = startPrometheus({ target: new URL(emulator.url).host, token: TOKEN, address: `${host}:9090` })
})

afterAll(async () => {
  isOver = true
  await traffic
  await prometheus.stop()
  await emulator.close()
})

it('promtool finds nothing wrong with the metrics', async () => {
  const response = await fetch(`${emulator.url}/metrics`, { headers: { authorization: `Bearer ${TOKEN}` } })
  const { stdout, stderr, status } = spawnSync('promtool', ['check', 'metrics'], { input: await response.text() })

  expect({ status, output: `${stdout}${stderr}` }).toEqual({ status: 0, output: '' })
})

it('promtool finds nothing wrong with the configuration', () => {
  const { stdout, status } = spawnSync('promtool', ['check', 'config', prometheus.configuration])

  expect({ status, output: `${stdout}` }).toMatchObject({ status: 0, output: expect.stringContaining('SUCCESS') })
})

it('Prometheus reads the metrics with the token', async () => {
  await vi.waitUntil(async () => (await prometheus.query('up'))?.[0]?.value[1] === '1', { timeout: WAIT_MS })
})

it.each(dashboardQueries())('the panel "%s" shows something: %s', async (_title, query) => {
  const hasNumber = async () => (await prometheus.query(query))?.some(({ value: [, number] }) => number !== 'NaN')

  await vi.waitUntil(hasNumber, { timeout: WAIT_MS, interval: 100 })
})
