/** The page of the tunnels: what it shows, and what stays still meanwhile. */
import type { Page } from 'playwright-core'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { EmulatorOptions } from '../../src/emulator/emulator.ts'
import { ACCOUNT, SHOP, START, startDemo } from '../support/console/demo.ts'
import { evaluate } from '../support/console/evaluate.ts'
import { PHONE, useBrowser } from '../support/console/open.ts'
import { row } from '../support/console/rows.ts'

const openConsole = useBrowser()

async function start(options: EmulatorOptions = {}) {
  const emulator = await startDemo(options)
  onTestFinished(() => emulator.close())
  return emulator
}

async function namesIn(page: Page): Promise<readonly string[]> {
  return page.locator('[data-tunnel] .tunnel-name').allTextContents()
}

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
