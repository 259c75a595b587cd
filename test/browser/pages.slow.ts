/** Our pages in a real browser, as a new user opens them: nothing is typed. */
import { mkdirSync } from 'node:fs'
import { env } from 'node:process'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { createEmulator, type EmulatorOptions } from '../../src/emulator/emulator.ts'
import { findBrowser, launchBrowser } from '../support/browser.ts'

const executable = findBrowser()
const skipReason = executable === undefined ? 'SKIPPED: there is no Chromium: ' : ''

/** Screenshots go here if it is set. */
const SCREENSHOTS = env.MOCKFLARED_SCREENSHOTS

const LIST = 'cloudflare-tunnel-list-cloudflare-tunnels'
const CREATE = 'cloudflare-tunnel-create-a-cloudflare-tunnel'

const ACCOUNT = '0123456789abcdef0123456789abcdef'
const TOKEN = 'token-of-the-seed'
const STRICT: EmulatorOptions = {
  auth: 'strict',
  seed: {
    accounts: [{ id: ACCOUNT, name: 'Shop' }],
    credentials: [{ token: TOKEN, permissions: ['Cloudflare Tunnel Write'] }],
    tunnels: [{ account_tag: ACCOUNT, name: 'shop' }],
  },
}

describe.skipIf(skipReason)(`${skipReason}our pages in a browser`, () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await launchBrowser(executable)
  })
  afterAll(() => browser?.close())

  /** Opens a page; any error in its console, such as of a blocked script, fails the test. */
  async function open(options: EmulatorOptions, path: string, settings: Parameters<Browser['newPage']>[0] = {}) {
    const emulator = await createEmulator({ port: 0, ...options })
    const page = await browser.newPage(settings)
    const complaints: string[] = []
    page.on('console', message => message.type() === 'error' && complaints.push(message.text()))
    page.on('pageerror', error => complaints.push(String(error)))
    onTestFinished(async () => {
      await page.close()
      await emulator.close()
      expect(complaints).toEqual([])
    })
    const goTo = (to: string) => page.goto(`${emulator.url}${to}`, { waitUntil: 'networkidle' })
    await goTo(path)
    return { emulator, page, goTo }
  }

  it.each([
    ['an empty server', {}, []],
    ['the demo', { seed: 'demo' }, expect.arrayContaining([expect.objectContaining({ name: 'shop-web' })])],
    ['a strict server', STRICT, [expect.objectContaining({ name: 'shop' })]],
  ] as const)('/docs lists and creates tunnels of %s', async (_what, options, tunnels) => {
    const { emulator, page } = await open(options as EmulatorOptions, '/docs')

    expect(await execute(page, LIST)).toMatchObject({ status: 200, body: { success: true, result: tunnels } })
    expect(await execute(page, CREATE)).toMatchObject({ status: 200, body: { result: { name: 'my-tunnel' } } })
    const requests = await emulator.control.listRequests()
    expect(requests.map(({ path }) => path)).toEqual(
      [1, 2].map(() => `/accounts/${emulator.env.CLOUDFLARE_ACCOUNT_ID}/cfd_tunnel`),
    )
    expect(requests.map(({ query }) => query)).toEqual([{ page: '1', per_page: '1000' }, {}])
  })

  it('/docs of a world works on that world', async () => {
    const { emulator, page, goTo } = await open({}, '/docs')
    const { id } = await emulator.control.createWorld()
    await goTo(`/w/${id}/docs`)

    expect(await execute(page, CREATE)).toMatchObject({ status: 200 })
    expect((await emulator.controlOf(id).getState()).tunnels).toHaveLength(1)
    expect((await emulator.control.getState()).tunnels).toHaveLength(0)
  })

  it('/_mockflared/docs connects a connector to the first tunnel, and moves the clock', async () => {
    const { page } = await open({ seed: STRICT.seed ?? [] }, '/_mockflared/docs')

    expect(await execute(page, 'connectConnector')).toMatchObject({ status: 200, body: { tunnel_status: 'healthy' } })
    expect(await execute(page, 'moveClock')).toMatchObject({ status: 200, body: { frozen: false } })
  })

  it.each(['/docs/start', '/docs', '/_mockflared/docs'])('%s fits 390 and 1280 pixels, light and dark', async path => {
    for (const colorScheme of ['light', 'dark'] as const) {
      for (const width of [390, 1280]) {
        const { page } = await open({ seed: 'demo' }, path, { colorScheme, viewport: { width, height: 900 } })
        if (path !== '/docs/start') await execute(page, path === '/docs' ? LIST : 'getClock')
        const [scrollWidth, background] = await page.evaluate<[number, string]>(
          '[document.documentElement.scrollWidth, getComputedStyle(document.body).backgroundColor]',
        )
        if (SCREENSHOTS) await takeScreenshot(page, `${path.replaceAll('/', '_')}-${colorScheme}-${width}`)

        expect(scrollWidth).toBeLessThanOrEqual(width)
        expect(background === 'rgb(255, 255, 255)').toBe(colorScheme === 'light')
      }
    }
  })

  it('the pages link to each other', async () => {
    const { emulator, page } = await open({}, '/docs/start')
    for (const [name, path] of [
      ['API', '/docs'],
      ['Control plane', '/_mockflared/docs'],
      ['Start', '/docs/start'],
    ] as const) {
      await page.getByRole('banner').getByRole('link', { name, exact: true }).click()
      await page.waitForURL(url => url.pathname === path)
    }
    expect(await emulator.control.listRequests()).toEqual([])
  })
})

/** Opens an operation, presses Execute, and returns the response that the page shows. */
async function execute(page: Page, operation: string): Promise<{ status: number; body: unknown }> {
  const block = page.locator(`[id$="-${operation}"]`)
  await block.locator('.opblock-summary-control').click()
  await block.getByRole('button', { name: 'Execute' }).click()
  const response = block.locator('.live-responses-table')
  const status = await response.locator('tbody .response-col_status').first().textContent()
  const body = await response.locator('.microlight').first().textContent()
  return { status: Number(/\d+/.exec(status ?? '')?.[0]), body: JSON.parse(body ?? '') }
}

async function takeScreenshot(page: Page, name: string): Promise<void> {
  mkdirSync(SCREENSHOTS ?? '', { recursive: true })
  await page.screenshot({ path: `${SCREENSHOTS}/${name}.png`, fullPage: name.startsWith('_docs_start') })
}
