/** What opens above the pages: no accessibility violation, whatever its size and colours. */
import type { Page } from 'playwright-core'
import { expect, it, onTestFinished } from 'vitest'
import { axeViolations } from '../support/console/axe.ts'
import { fillDemo, startDemo } from '../support/console/demo.ts'
import { sidewaysScrollers } from '../support/console/layout.ts'
import { DESK, PHONE, settled, useBrowser } from '../support/console/open.ts'

const openConsole = useBrowser()

const STATES: Readonly<Record<string, (page: Page) => Promise<void>>> = {
  jump: async page => {
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox', { name: 'Jump to' }).fill('shop')
    await page.getByRole('option', { name: 'shop-web' }).first().waitFor()
  },
  'jump that finds nothing': async page => {
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox', { name: 'Jump to' }).fill('no such name')
    await page.getByText('Nothing has this name.').waitFor()
  },
  keys: async page => {
    await page.keyboard.press('?')
    await page.getByRole('dialog', { name: 'Keys' }).waitFor()
  },
  worlds: async page => {
    await page.getByRole('button', { name: 'main' }).click()
    await page.getByRole('option', { name: 'job-4711' }).waitFor()
  },
  'a refused time': async page => {
    await page.keyboard.press('t')
    await page.getByRole('textbox', { name: 'A time or a span' }).fill('tomorrow')
    await page.keyboard.press('Enter')
    await page.getByText('is neither a span nor a time').waitFor()
  },
  'a notice': async page => {
    await page.getByRole('button', { name: '+10s' }).click()
    await page.getByRole('button', { name: 'Undo' }).waitFor()
  },
  'the time cursor': async page => {
    await page
      .getByRole('button', { name: /^Look at/ })
      .first()
      .click()
    await page.getByText('The world is not moved.').waitFor()
  },
  presentation: async page => {
    await page.keyboard.press('P')
    await page.getByRole('region', { name: 'Presentation' }).waitFor()
  },
}

it.each(Object.keys(STATES))('%s is accessible, on a desk and on a phone, light and dark', async name => {
  const emulator = await startDemo()
  onTestFinished(() => emulator.close())
  await fillDemo(emulator)
  for (const [viewport, colorScheme] of [
    [DESK, 'light'],
    [PHONE, 'dark'],
  ] as const) {
    const { page } = await openConsole(emulator, { viewport, colorScheme })
    await settled(page)
    await STATES[name]?.(page)
    const found = [...(await axeViolations(page)), ...(await sidewaysScrollers(page))]
    expect(found, `${name} at ${viewport.width}`).toEqual([])
  }
})
