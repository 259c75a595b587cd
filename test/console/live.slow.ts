/** The console follows the world. */
import type { Page } from 'playwright-core'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createEmulator, type EmulatorOptions } from '../../src/emulator/emulator.ts'
import { START, startDemo } from '../support/console/demo.ts'
import { consoleUrl, settled, useBrowser } from '../support/console/open.ts'

const openConsole = useBrowser()

const SOON = { timeout: 1_000, interval: 20 }
const LATER = { timeout: 20_000, interval: 50 }

async function start(options: EmulatorOptions = {}) {
  const emulator = await startDemo(options)
  onTestFinished(() => emulator.close())
  return emulator
}

function textOf(page: Page): Promise<string | null> {
  return page.locator('main').textContent()
}

async function create(url: string, name: string): Promise<void> {
  const account_id = '0d3a5c1e8b7f4a2996e1c47d5b80f3a2'
  const response = await fetch(`${url}/client/v4/accounts/${account_id}/cfd_tunnel`, {
    method: 'POST',
    headers: { authorization: 'Bearer any-token', 'content-type': 'application/json' },
    body: JSON.stringify({ name, config_src: 'cloudflare' }),
  })
  if (!response.ok) throw new Error(await response.text())
}

describe('two tabs', () => {
  it('one sees soon what the other did', async () => {
    const emulator = await start()
    const { page: one, context } = await openConsole(emulator)
    const other = await context.newPage()
    await other.goto(consoleUrl(emulator.url))
    await settled(other)
    await one.getByRole('button', { name: 'Resume' }).click()

    await other.getByRole('button', { name: 'Freeze' }).waitFor({ timeout: SOON.timeout })
  })

  it('of two worlds each see their own', async () => {
    const emulator = await start()
    await emulator.control.createWorldAs({ id: 'job-4711' })
    const { page: main, context } = await openConsole(emulator)
    const job = await context.newPage()
    await job.goto(consoleUrl(emulator.url, '#/', 'job-4711'))
    await settled(job)
    await create(`${emulator.url}/w/job-4711`, 'night-market')
    await create(emulator.url, 'pop-up-store')

    await expect.poll(() => textOf(job), SOON).toContain('night-market')
    await expect.poll(() => textOf(main), SOON).toContain('pop-up-store')
    expect(await textOf(main)).not.toContain('night-market')
    expect(await textOf(job)).not.toContain('pop-up-store')
  })
})

it('ten tabs all see what happens, though a browser opens six connections', async () => {
  const emulator = await start()
  const { page, context } = await openConsole(emulator)
  const tabs = [page]
  for (let count = 1; count < 10; count += 1) {
    const tab = await context.newPage()
    await tab.goto(consoleUrl(emulator.url))
    await settled(tab)
    tabs.push(tab)
  }
  await create(emulator.url, 'night-market')

  for (const tab of tabs) await expect.poll(() => textOf(tab), LATER).toContain('night-market')
})

describe('the server', () => {
  it('that stops and starts again is shown again, without a reload', async () => {
    const first = await startDemo()
    const { page } = await openConsole(first, { expected: /./ })
    await first.close()
    await page.getByText('reconnecting').first().waitFor()

    const seed = [{ tunnels: [{ name: 'phoenix', account_tag: '0d3a5c1e8b7f4a2996e1c47d5b80f3a2' }] }]
    const second = await createEmulator({ port: Number(new URL(first.url).port), seed, clock: START, log: 'off' })
    onTestFinished(() => second.close())

    await expect.poll(() => textOf(page), LATER).toContain('phoenix')
    expect(await textOf(page)).not.toContain('shop-web')
  })

  it('that was away when the clock was to move, moves it once it is back', async () => {
    const first = await startDemo()
    const { page } = await openConsole(first, { expected: /./ })
    const advance = page.getByRole('button', { name: '+1m', exact: true })
    await first.close()
    await advance.click()

    const second = await startDemo({ port: Number(new URL(first.url).port) })
    onTestFinished(() => second.close())
    await page.getByText('could not be loaded').first().waitFor(LATER)
    await advance.click()

    await expect.poll(async () => (await second.control.getClock()).now, LATER).toContain('02:25:39')
  })

  it('that is reset is shown as it is then', async () => {
    const emulator = await start()
    const { page } = await openConsole(emulator)
    await emulator.control.reset({ to: 'empty' })

    await expect.poll(() => textOf(page), SOON).not.toContain('shop-web')
  })

  it('that deletes the world is no longer shown', async () => {
    const emulator = await start()
    await emulator.control.createWorldAs({ id: 'job-4711' })
    const { page } = await openConsole(emulator, { world: 'job-4711', expected: /410/ })
    await emulator.control.deleteWorld({ id: 'job-4711' })

    await page.getByText('What you see is the last state of job-4711').waitFor()
  })
})
