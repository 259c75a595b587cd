/** The frame of the console: clock, activity, jump, keys, worlds, presentation, recordings. */
import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { EmulatorOptions } from '../../src/emulator/emulator.ts'
import { callApi, SHOP, startDemo } from '../support/console/demo.ts'
import { evaluate } from '../support/console/evaluate.ts'
import { consoleUrl, DESK, PHONE, settled, useBrowser } from '../support/console/open.ts'

const openConsole = useBrowser()

const SOON = { timeout: 10_000, interval: 20 }

async function start(options: EmulatorOptions = {}) {
  const emulator = await startDemo(options)
  onTestFinished(() => emulator.close())
  return emulator
}

function button(page: Page, name: string) {
  return page.getByRole('button', { name, exact: true })
}

function activity(page: Page) {
  return page.getByRole('complementary', { name: 'Activity' })
}

function focusedText(page: Page): Promise<string | null> {
  return page.locator(':focus').textContent()
}

describe('the clock', () => {
  it('says what fell due after a move, and undoes it', async () => {
    const emulator = await start()
    const before = await emulator.control.getClock()
    const { page } = await openConsole(emulator)
    await button(page, '+5m').click()

    await page.locator('.notice', { hasText: /^5 m later: .*4 connections lost/ }).waitFor()
    const { now } = await emulator.control.getClock()
    expect(Date.parse(now) - Date.parse(before.now)).toBe(300_000)

    await button(page, 'Undo').click()
    await page.locator('.notice', { hasText: 'Back at 02:24:39.' }).waitFor()
    expect(await emulator.control.getClock()).toEqual(before)
    await activity(page).getByText('move of the clock undone').waitFor()
  })

  it('takes a span or a time that someone types, and says what it does not understand', async () => {
    const emulator = await start()
    const { page } = await openConsole(emulator)
    await page.keyboard.press('t')
    const field = page.getByRole('textbox', { name: 'A time or a span' })
    await field.fill('tomorrow')
    await field.press('Enter')
    await page.getByRole('alert').getByText('"tomorrow" is neither a span nor a time').waitFor()

    await field.fill('+36h')
    await field.press('Enter')
    await expect.poll(async () => (await emulator.control.getClock()).now, SOON).toBe('2026-11-28T14:24:39.000000Z')
  })

  it('shows why the server does not go back, and leads to the snapshots', async () => {
    const emulator = await start()
    await callApi(emulator, '/cfd_tunnel', { method: 'POST', body: { name: 'late' } })
    const { page } = await openConsole(emulator, { expected: /409/ })
    await page.keyboard.press('t')
    await page.getByRole('textbox', { name: 'A time or a span' }).fill('-1h')
    await page.keyboard.press('Enter')
    await page.locator('.notice', { hasText: 'the clock cannot go back' }).waitFor()

    await button(page, 'Restore a snapshot').click()
    await page.getByRole('heading', { name: 'Snapshots', level: 1 }).waitFor()
  })
})

describe('the activity', () => {
  it('shows repeated requests on one line, which leads to the latest', async () => {
    const emulator = await start()
    const { page } = await openConsole(emulator)
    for (let count = 0; count < 3; count += 1) await callApi(emulator, '/cfd_tunnel')
    await activity(page).getByText('×3').waitFor()

    await activity(page).getByRole('link', { name: '200 list tunnels' }).click()
    await expect.poll(() => page.url(), SOON).toContain('#/requests/3')
  })

  it('leads the time cursor to an event, where nothing can be changed', async () => {
    const emulator = await start()
    const { page } = await openConsole(emulator)
    await emulator.control.moveClock({ advance: '58s' })
    await button(page, 'Look at 02:25:37').first().click()

    await page.getByText('Looking at 02:25:37').waitFor()
    expect(await button(page, '+5m').isDisabled()).toBe(true)
    expect(new URL(page.url()).hash).toContain('at=2026-11-27T02%3A25%3A37')
    await page.keyboard.press('Escape')
    await expect.poll(() => button(page, '+5m').isDisabled(), SOON).toBe(false)
  })
})

describe('jump', () => {
  it.each([
    ['shop-web', `#/tunnels/${SHOP}`],
    ['git.alpine-outdoor.example', '#/tunnels/'],
    ['faults', '#/faults'],
    ['#1', '#/requests/1'],
    ['list_order', '#/evidence/list_order'],
  ])('to %s by its name', async (text, hash) => {
    const emulator = await start()
    await callApi(emulator, '/cfd_tunnel')
    const { page } = await openConsole(emulator)
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox', { name: 'Jump to' }).fill(text)
    await page.getByRole('option').first().getByText(text).first().waitFor()
    await page.keyboard.press('Enter')
    await expect.poll(() => page.url(), SOON).toContain(hash)
  })

  it('to an action runs it', async () => {
    const emulator = await start()
    const { page } = await openConsole(emulator)
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox', { name: 'Jump to' }).fill('break git')
    await page.keyboard.press('Enter')
    const liveOfGit = async (): Promise<number> => {
      const { tunnels } = await emulator.control.getOverview()
      const git = tunnels.find(({ name }) => name === 'git')
      return (
        git?.connectors.flatMap(({ connections }) => connections).filter(({ state }) => state === 'live').length ?? -1
      )
    }
    await expect.poll(liveOfGit, SOON).toBe(0)
  })
})

describe('keys', () => {
  it('freeze the clock, open pages, list themselves, and rest while someone types', async () => {
    const emulator = await start()
    const { page } = await openConsole(emulator)
    await page.keyboard.press('f')
    await expect.poll(async () => (await emulator.control.getClock()).frozen, SOON).toBe(false)

    await page.keyboard.press('/')
    await page.keyboard.type('fn')
    expect(await page.getByRole('searchbox').inputValue()).toBe('fn')
    await page.keyboard.press('Tab')

    await page.keyboard.press('?')
    await page.getByRole('dialog', { name: 'Keys' }).waitFor()
    await page.keyboard.press('Escape')
    await page.keyboard.press('g')
    await page.keyboard.press('r')
    await expect.poll(() => page.url(), SOON).toContain('#/requests')
  })

  it('act in the moment in which a dialog closes', async () => {
    const { page } = await openConsole(await start())
    await page.keyboard.press('Control+k')
    await page.getByRole('dialog', { name: 'Jump to' }).waitFor()
    // The browser tells only later that the dialog is closed.
    await evaluate(
      page,
      `(() => {
        const field = document.querySelector('dialog input')
        field.closest('dialog').close()
        field.dispatchEvent(new KeyboardEvent('keydown', { key: '?', bubbles: true }))
      })()`,
    )

    await page.getByRole('dialog', { name: 'Keys' }).waitFor()
  })

  it('do nothing once they are switched off, but ⌘K and Esc do', async () => {
    const emulator = await start()
    const { page } = await openConsole(emulator, { hash: '#/settings' })
    await page.getByRole('checkbox', { name: 'Single keys act' }).uncheck()
    await page.locator('main').focus()
    await page.keyboard.press('g')
    await page.keyboard.press('f')
    await page.keyboard.press('Control+k')
    await page.getByRole('dialog', { name: 'Jump to' }).waitFor()
    expect(page.url()).toContain('#/settings')
  })

  it('walk through the rows with j and k, and Enter opens one', async () => {
    const emulator = await start()
    const { page } = await openConsole(emulator)
    await page.keyboard.press('j')
    await page.locator('[data-row]:focus').waitFor()
    const first = await focusedText(page)
    await page.keyboard.press('j')
    await expect.poll(() => focusedText(page), SOON).not.toBe(first)
    await page.keyboard.press('k')
    await expect.poll(() => focusedText(page), SOON).toBe(first)
    await page.keyboard.press('Enter')
    await expect.poll(() => page.url(), SOON).toContain('#/tunnels/')
    await page.keyboard.press('Escape')
    await expect.poll(() => page.url(), SOON).toMatch(/#\/$/)
  })
})

describe('worlds', () => {
  it('are switched by name, and the view stays', async () => {
    const emulator = await start()
    await emulator.control.createWorldAs({ id: 'job-4711' })
    const { page } = await openConsole(emulator, { hash: '#/faults' })
    await page.getByRole('button', { name: 'world main' }).click()
    await page.getByRole('combobox', { name: 'Find a world' }).fill('4711')
    await page.getByRole('option', { name: 'job-4711' }).waitFor()
    await page.keyboard.press('Enter')
    await page.waitForURL(consoleUrl(emulator.url, '#/faults', 'job-4711'))
    await settled(page)
    expect(await page.title()).toBe('Faults · job-4711 · mockflared')
  })

  it('are created and deleted in their list', async () => {
    const emulator = await start()
    const { page } = await openConsole(emulator, { expected: /410/ })
    await page.getByRole('button', { name: 'world main' }).click()
    await page.getByRole('combobox', { name: 'Find a world' }).fill('try-out')
    await button(page, 'Empty').click()
    await page.waitForURL(/\/w\/try-out\//)
    await settled(page)
    await page.getByRole('button', { name: 'world try-out' }).click()
    await button(page, 'Delete try-out').click()
    await button(page, 'Delete try-out').click()
    await page.waitForURL(consoleUrl(emulator.url))
    expect((await emulator.control.listWorlds()).map(({ id }) => id)).toEqual(['main'])
  })

  it('that are deleted while someone watches keep their last picture', async () => {
    const emulator = await start()
    await emulator.control.createWorldAs({ id: 'short' })
    const { page } = await openConsole(emulator, { world: 'short', expected: /410/ })
    await emulator.control.deleteWorld({ id: 'short' })
    await page.getByRole('alert').getByText('What you see is the last state of short.').waitFor()
    expect(await button(page, '+5m').isDisabled()).toBe(true)
    await page.getByText('shop-web').first().waitFor()
  })
})

describe('the presentation', () => {
  it('tells in a sentence what a break does, and ends with P', async () => {
    const emulator = await start()
    const { page } = await openConsole(emulator, { hash: '#/?present=1' })
    const caption = page.locator('.caption')
    await expect.poll(() => caption.textContent(), SOON).toContain('Each line is a connection')
    await button(page, 'Break one').click()
    await expect
      .poll(() => caption.textContent(), SOON)
      .toMatch(/ lost 4 connections\. The tunnel still serves, degraded\./)
    await button(page, 'Bring back').click()
    await expect.poll(() => caption.textContent(), SOON).toMatch(/ opened 4 connections\. The tunnel is healthy\./)
    await page.keyboard.press('P')
    await activity(page).waitFor()
    expect(page.url()).not.toContain('present')
  })

  it('plays its tour on a copy, and leaves the world as it was', async () => {
    const emulator = await start()
    const state = await emulator.control.getState()
    const { page } = await openConsole(emulator, { hash: '#/?present=1' })
    await button(page, 'Tour').click()
    await page.waitForURL(/\/w\/[\w-]+\/_mockflared\/console\//)
    await page.locator('.caption', { hasText: 'This is a copy of the world.' }).waitFor()
    expect(await emulator.control.getState()).toEqual(state)
    expect(await emulator.control.listWorlds()).toHaveLength(2)
  })
})

describe('a recording', () => {
  it('holds no secret, shows the same tunnels, and changes nothing', async () => {
    const emulator = await start()
    await callApi(emulator, '/cfd_tunnel')
    const { page } = await openConsole(emulator, { hash: '#/settings' })
    const download = page.waitForEvent('download')
    await button(page, 'Save a recording').click()
    const file = await (await download).path()
    const text = readFileSync(file, 'utf8')
    const { tunnels = [] } = await emulator.control.getState()
    for (const { tunnel_secret } of tunnels as readonly { tunnel_secret?: string }[]) {
      if (tunnel_secret) expect(text).not.toContain(tunnel_secret)
    }
    const { token } = await emulator.control.getInfo()
    expect(text).not.toContain(`"${token}"`)

    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'a.json', mimeType: 'application/json', buffer: Buffer.from(text) })
    await page.getByText('A recording of the world main').waitFor()
    await callApi(emulator, '/cfd_tunnel', { method: 'POST', body: { name: 'afterwards' } })
    await page.getByRole('navigation').getByRole('link', { name: 'Tunnels' }).click()
    await page.getByText('shop-web').first().waitFor()
    expect(await page.getByText('afterwards').count()).toBe(0)
    expect(await button(page, '+5m').isDisabled()).toBe(true)

    await button(page, 'Close the recording').click()
    await page.getByText('afterwards').first().waitFor()
  })

  it('is not taken for one when it is another file', async () => {
    const emulator = await start()
    const { page } = await openConsole(emulator, { hash: '#/settings' })
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'b.json', mimeType: 'application/json', buffer: Buffer.from('{}') })
    await page.getByText('b.json: This file is not a recording of mockflared.').first().waitFor()
  })
})

describe('the frame', () => {
  it('starts a page at its heading, after a skip link', async () => {
    const emulator = await start()
    const { page } = await openConsole(emulator, { viewport: DESK })
    await page.keyboard.press('Tab')
    expect(await focusedText(page)).toBe('Skip to the page')
    await page.getByRole('link', { name: 'Faults' }).click()
    await expect.poll(() => focusedText(page), SOON).toBe('Faults')
  })

  it('keeps pages without a place in the bar of a phone behind More', async () => {
    const emulator = await start()
    const { page } = await openConsole(emulator, { viewport: PHONE })
    await page.getByRole('button', { name: 'More pages' }).click()
    await page.getByRole('menuitem', { name: 'Worlds' }).click()
    await page.getByRole('heading', { name: 'Worlds', level: 1 }).waitFor()
  })

  it('shows a fault that is on, on every page', async () => {
    const emulator = await start()
    const { page } = await openConsole(emulator, { hash: '#/lint' })
    await emulator.control.addFault({ preset: 'slow' })
    await page.getByRole('link', { name: '1 fault on' }).waitFor()
  })

  it('asks for the token, and shows the world once it has it', async () => {
    const emulator = await start({ control_token: 'a-token-of-the-control-plane' })
    const { page } = await openConsole(emulator, { expected: /403/ })
    await page.getByRole('heading', { name: 'The control plane refuses this page' }).waitFor()
    await page.getByLabel('The value of --control-token').fill('a-token-of-the-control-plane')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Tunnels', level: 1 }).waitFor()
    expect(page.url()).not.toContain('a-token')
  })

  it('says that there is no such world', async () => {
    const emulator = await start()
    const { page } = await openConsole(emulator, { world: 'nowhere', expected: /410/ })
    await page.getByRole('heading', { name: 'There is no world nowhere' }).waitFor()
    await page.getByRole('link', { name: 'Go to the main world' }).click()
    await page.getByRole('heading', { name: 'Worlds', level: 1 }).waitFor()
  })

  it('in watch mode shows everything, and changes nothing', async () => {
    const emulator = await start({ console: 'watch' })
    const { page } = await openConsole(emulator)
    await page.getByText('shop-web').first().waitFor()
    for (const name of ['Resume', '+10s', '+1m', '+5m', '+1h', 'Next event']) {
      expect(await button(page, name).count(), name).toBe(0)
    }
  })
})
