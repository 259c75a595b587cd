/** The page of the tunnels: what it shows, what its buttons do, and what stays still meanwhile. */
import type { Page } from 'playwright-core'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { EmulatorOptions } from '../../src/emulator/emulator.ts'
import { ACCOUNT, SHOP, START, startDemo } from '../support/console/demo.ts'
import { evaluate } from '../support/console/evaluate.ts'
import { PHONE, useBrowser } from '../support/console/open.ts'

const openConsole = useBrowser()

async function start(options: EmulatorOptions = {}) {
  const emulator = await startDemo(options)
  onTestFinished(() => emulator.close())
  return emulator
}

function row(page: Page, name: string) {
  return page.locator('[data-tunnel]').filter({ has: page.locator(`a:has-text("${name}")`) })
}

async function statesOf(emulator: Awaited<ReturnType<typeof start>>): Promise<string> {
  const [first] = await emulator.control.listConnectors({ account_id: ACCOUNT, tunnel_id: SHOP })
  return (first?.connections ?? []).map(({ state }) => state).join(' ')
}

async function namesIn(page: Page): Promise<readonly string[]> {
  return page.locator('[data-tunnel] .tunnel-name').allTextContents()
}

/** Runs one of the actions in the sheet of `shop-web`. */
async function act(page: Page, verb: string): Promise<void> {
  await page.getByRole('button', { name: 'Actions for shop-web' }).click()
  await page.locator('.verb').filter({ hasText: verb }).click()
}

describe('the actions of a row', () => {
  it.each([
    ['Break', 'pending pending pending pending'],
    ['Stop', 'closed closed closed closed'],
    ['Drain', 'closed live live live'],
    ['Flap 10 s', 'pending pending pending pending'],
  ])('%s leaves the connections %s', async (verb, states) => {
    const emulator = await start()
    const { page } = await openConsole(emulator)
    await act(page, verb)
    await expect.poll(() => statesOf(emulator)).toBe(states)
  })

  it('a broken connector is pending in the picture until it reconnects', async () => {
    const { page } = await openConsole(await start())
    await act(page, 'Break')
    await row(page, 'shop-web').getByText('8 live connections, 4 pending').waitFor({ state: 'attached' })
    await row(page, 'shop-web').getByText('Degraded', { exact: true }).waitFor()
    expect(await page.locator('.cable.pending').count()).toBeGreaterThan(3)

    await act(page, 'Back to 4 live')
    await row(page, 'shop-web').getByText('Healthy', { exact: true }).waitFor()
  })

  it('another connector connects like the latest one', async () => {
    const emulator = await start()
    const { page } = await openConsole(emulator)
    await act(page, 'Add connector')
    await row(page, 'shop-web').getByText('4 connectors, 16 live connections').waitFor({ state: 'attached' })
    const connectors = await emulator.control.listConnectors({ account_id: ACCOUNT, tunnel_id: SHOP })
    expect(connectors.at(-1)?.colos).toEqual(['ams07', 'fra15'])
  })

  it('each can be copied as a command, and Escape closes the sheet', async () => {
    const { page } = await openConsole(await start(), { permissions: ['clipboard-read', 'clipboard-write'] })
    await page.getByRole('button', { name: 'Actions for shop-web' }).click()
    await page.getByRole('button', { name: 'Copy “Break” as' }).click()
    await page.getByRole('menuitem', { name: 'Copy as Command' }).click()
    await page.getByRole('region').getByText('Copied: mockflared disconnect').waitFor()
    expect(await evaluate(page, 'navigator.clipboard.readText()')).toMatch(`mockflared disconnect ${SHOP} c0000000-`)

    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    expect(await evaluate(page, 'document.activeElement.getAttribute("aria-label")')).toBe('Actions for shop-web')
  })

  it('are not there when the console only watches', async () => {
    const { page } = await openConsole(await start({ console: 'watch' }))
    await row(page, 'shop-web').waitFor()
    expect(await page.getByRole('button', { name: /^Actions for/ }).count()).toBe(0)
  })

  it('are off while the page looks at the past', async () => {
    const { page } = await openConsole(await start(), { hash: '#/?at=2026-11-27T02:20:00Z' })
    await page.getByRole('button', { name: 'Actions for shop-web' }).click()
    expect(await page.getByRole('button', { name: 'Break' }).first().isDisabled()).toBe(true)
  })
})

describe('the order', () => {
  it('holds still while someone points at the rows, and then the worst comes first', async () => {
    const emulator = await start()
    const { page } = await openConsole(emulator)
    const before = await namesIn(page)
    await row(page, 'admin-bastion').hover()
    const connector_id = 'c0000000-0000-4000-9000-000000000001'
    await emulator.control.disconnectConnector({ account_id: ACCOUNT, tunnel_id: SHOP, connector_id, graceful: false })
    await row(page, 'shop-web').getByText('Degraded', { exact: true }).waitFor()
    expect(await namesIn(page)).toEqual(before)

    await page.mouse.move(10, 10)
    await expect.poll(async () => (await namesIn(page)).indexOf('shop-web')).toBeLessThan(before.indexOf('shop-web'))
  })
})

describe('filters', () => {
  it('are in the URL, and a reload keeps them', async () => {
    const { page } = await openConsole(await start())
    await page.getByRole('button', { name: /Degraded/ }).click()
    await page.getByRole('searchbox', { name: 'Find tunnels' }).fill('git')
    await expect.poll(() => namesIn(page)).toEqual(['git'])
    expect(page.url()).toMatch(/#\/\?.*find=git/)

    await page.reload()
    await expect.poll(() => namesIn(page)).toEqual(['git'])
    await page.getByRole('searchbox', { name: 'Find tunnels' }).fill('no such name')
    await page.getByText('No tunnel matches').waitFor()
    await page.getByRole('button', { name: 'Show all tunnels' }).click()
    await row(page, 'shop-web').waitFor()
  })

  it('a data center finds the tunnels that are connected to it', async () => {
    const { page } = await openConsole(await start())
    await page.getByRole('button', { name: /^MUC/ }).click()
    await expect.poll(() => namesIn(page)).toEqual(['warehouse-innsbruck'])
  })

  it('deleted tunnels are shown on demand, struck out and without actions', async () => {
    const { page } = await openConsole(await start())
    await page.getByRole('button', { name: /^Deleted/ }).click()
    await row(page, 'newsletter-2024').getByText('Deleted').waitFor()
    expect(await row(page, 'newsletter-2024').getByRole('button').count()).toBe(0)
  })
})

describe('by keyboard', () => {
  it('the rows are one stop, and arrow keys move among them', async () => {
    const { page } = await openConsole(await start())
    const names = await namesIn(page)
    await page.locator('[data-row]').first().focus()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    expect(await evaluate(page, 'document.activeElement.textContent')).toContain(names[2])
    expect(await page.locator('[data-row][tabindex="0"]').count()).toBe(1)

    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.getByRole('dialog', { name: `Connectors of ${names[2]}` }).waitFor()
  })
})

describe('Back', () => {
  it('from a tunnel leads to its row', async () => {
    const { page } = await openConsole(await start(), { hash: '#/?status=healthy' })
    await row(page, 'shop-staging').getByRole('link').click()
    await page.getByRole('heading', { name: 'shop-staging', level: 1 }).waitFor()
    await page.goBack()
    await expect.poll(() => evaluate(page, 'document.activeElement.textContent')).toContain('shop-staging')
    expect(page.url()).toContain('status=healthy')
  })
})

describe('the time lens', () => {
  it('moves the time cursor by keys, and the rows show that instant', async () => {
    const emulator = await start()
    await emulator.control.moveClock({ advance: '61s' })
    const { page } = await openConsole(emulator, { hash: '#/?lens=time' })
    await row(page, 'shop-api').getByText('Degraded', { exact: true }).waitFor()
    await page.getByRole('slider', { name: 'Time cursor' }).focus()
    await page.keyboard.press('ArrowLeft')
    await row(page, 'shop-api').getByText('Healthy', { exact: true }).waitFor()
    expect(page.url()).toContain('at=2026-11-27T02%3A25%3A30')

    await page.keyboard.press('ArrowRight')
    await row(page, 'shop-api').getByText('Degraded', { exact: true }).waitFor()
    expect(page.url()).not.toContain('at=')
  })

  it('says in words what is drawn ahead', async () => {
    const { page } = await openConsole(await start(), { hash: '#/?lens=time' })
    await row(page, 'shop-api')
      .getByText(/Due at 02:25:39 degraded, 4 live/)
      .waitFor({ state: 'attached' })
  })
})

describe('many tunnels', () => {
  const tunnels = Array.from({ length: 400 }, (_, nth) => ({
    id: `d0000000-0000-4000-8000-${String(nth).padStart(12, '0')}`,
    account_tag: ACCOUNT,
    name: `web-${nth}`,
    created_at: START,
  }))

  it('are a table, which draws only the rows on the screen and sorts', async () => {
    const { page } = await openConsole(await start({ seed: [{ tunnels }] }))
    await page.getByRole('table', { name: 'Tunnels' }).waitFor()
    expect(await page.locator('[data-tunnel]').count()).toBeLessThan(60)

    await page.getByRole('button', { name: 'Tunnel', exact: true }).click()
    await page.getByRole('button', { name: 'Tunnel', exact: true }).click()
    await expect.poll(async () => (await namesIn(page))[0]).toBe('web-399')

    await page.locator('[data-row]').first().focus()
    await page.keyboard.press('End')
    await expect.poll(() => evaluate(page, 'document.activeElement.textContent')).toBe('web-0')
  })
})

describe('on a phone', () => {
  it('nothing is wider than the window at 320 pixels', async () => {
    const { page } = await openConsole(await start(), { viewport: { ...PHONE, width: 320 } })
    for (const lens of ['edge', 'time', 'list']) {
      await page.goto(page.url().replace(/#.*/, `#/?lens=${lens}`))
      await page.locator('[data-tunnel]').first().waitFor()
      expect(await evaluate(page, 'document.documentElement.scrollWidth')).toBe(320)
    }
  })
})
