/** Everything that a demo needs, without a mouse. */
import type { Page } from 'playwright-core'
import { expect, it, onTestFinished } from 'vitest'
import { ACCOUNT, SHOP, startDemo } from '../support/console/demo.ts'
import { evaluate } from '../support/console/evaluate.ts'
import { useBrowser } from '../support/console/open.ts'

const openConsole = useBrowser()

/** Presses of Tab to the first tunnel. */
const MAX_STOPS = 12

/** The name of what has the focus. */
async function focused(page: Page): Promise<string> {
  return (await evaluate(
    page,
    `(document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? '').trim()`,
  )) as string
}

/** Presses a key until something has the focus; fails after `most` presses. */
async function pressUntil(page: Page, key: string, name: RegExp, most: number): Promise<void> {
  for (let presses = 0; presses <= most; presses += 1) {
    if (name.test(await focused(page))) return
    await page.keyboard.press(key)
  }
  throw new Error(`${key} does not lead to ${name}; the focus is on "${await focused(page)}"`)
}

it('a connector is broken, time moves and the move is undone', async () => {
  const emulator = await startDemo()
  onTestFinished(() => emulator.close())
  const { page } = await openConsole(emulator)
  const states = async (): Promise<string> => {
    const [first] = await emulator.control.listConnectors({ account_id: ACCOUNT, tunnel_id: SHOP })
    return (first?.connections ?? []).map(({ state }) => state).join(' ')
  }

  await pressUntil(page, 'Tab', /^Skip to the page$/, 1)
  await page.keyboard.press('Enter')
  await pressUntil(page, 'Tab', /^nas-backup/, MAX_STOPS)
  await pressUntil(page, 'ArrowDown', /^shop-web/, 13)
  await pressUntil(page, 'Tab', /^Actions for shop-web$/, 2)
  await page.keyboard.press('Enter')
  await page.getByRole('dialog').waitFor()
  await pressUntil(page, 'Tab', /^Break/, 6)
  await page.keyboard.press('Enter')
  await expect.poll(states).toBe('pending pending pending pending')

  await page.keyboard.press('Escape')
  await page.keyboard.press('.')
  await expect.poll(async () => (await emulator.control.getClock()).now).toBe('2026-11-27T02:24:49.000000Z')
  await page.getByRole('button', { name: 'Undo' }).focus()
  await page.keyboard.press('Enter')
  await expect.poll(async () => (await emulator.control.getClock()).now).toBe('2026-11-27T02:24:39.000000Z')
})
