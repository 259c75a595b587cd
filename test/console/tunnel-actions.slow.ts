/** What the actions in the row of a tunnel do to its connectors. */
import type { Page } from 'playwright-core'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { Emulator, EmulatorOptions } from '../../src/emulator/emulator.ts'
import { axeViolations } from '../support/console/axe.ts'
import { ACCOUNT, SHOP, startDemo } from '../support/console/demo.ts'
import { evaluate } from '../support/console/evaluate.ts'
import { sidewaysScrollers } from '../support/console/layout.ts'
import { DESK, PHONE, useBrowser } from '../support/console/open.ts'
import { row } from '../support/console/rows.ts'

const openConsole = useBrowser()

async function start(options: EmulatorOptions = {}): Promise<Emulator> {
  const emulator = await startDemo(options)
  onTestFinished(() => emulator.close())
  return emulator
}

async function statesOf(emulator: Emulator): Promise<string> {
  const [first] = await emulator.control.listConnectors({ account_id: ACCOUNT, tunnel_id: SHOP })
  return (first?.connections ?? []).map(({ state }) => state).join(' ')
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

  it.each([DESK, PHONE])('are accessible and fit into $width pixels', async viewport => {
    const { page } = await openConsole(await start(), { viewport })
    await page.getByRole('button', { name: 'Actions for shop-web' }).click()
    await page.getByRole('dialog', { name: 'Connectors of shop-web' }).waitFor()
    expect([...(await axeViolations(page)), ...(await sidewaysScrollers(page))]).toEqual([])
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
