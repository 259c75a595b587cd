/** The console of an emulator in a real browser. */
import type { Browser, BrowserContext, BrowserContextOptions, Page, Request } from 'playwright-core'
import { afterAll, beforeAll, expect, onTestFinished } from 'vitest'
import type { Emulator } from '../../../src/emulator/emulator.ts'
import { findBrowser, launchBrowser } from '../browser.ts'
import { evaluate } from './evaluate.ts'
import { collectProblems } from './problems.ts'

export const DESK = { width: 1280, height: 800 }
export const PHONE = { width: 390, height: 844 }

export interface OpenOptions extends BrowserContextOptions {
  /** The view, such as `#/requests`. */
  readonly hash?: string
  readonly world?: string
  /** The time of the browser, which stands still then. */
  readonly browserTime?: string
  /** Problems that the test provokes. */
  readonly expected?: RegExp
}

export interface OpenConsole {
  readonly page: Page
  readonly context: BrowserContext
  /** Shows another view of the same page. */
  readonly show: (hash: string) => Promise<void>
}

/** One browser for all tests of a file. */
export function useBrowser() {
  let browser: Browser
  beforeAll(async () => {
    const executable = findBrowser()
    if (executable === undefined) {
      throw new Error('no Chromium; run: apt-get install -y --no-install-recommends chromium')
    }
    browser = await launchBrowser(executable)
  })
  afterAll(() => browser?.close())

  /** Opens the console; a problem that is not expected fails the test. */
  return async function openConsole(
    { url }: Pick<Emulator, 'url'>,
    { hash = '#/', world, browserTime, expected, ...options }: OpenOptions = {},
  ): Promise<OpenConsole> {
    const context = await browser.newContext({ viewport: DESK, reducedMotion: 'reduce', ...options })
    const problems = collectProblems(context, url)
    countPending(context)
    onTestFinished(async () => {
      await context.close()
      expect(problems.filter(problem => !expected?.test(problem))).toEqual([])
    })
    if (browserTime !== undefined) await context.clock.setFixedTime(browserTime)
    const page = await context.newPage()
    await page.goto(consoleUrl(url, hash, world))
    await settled(page)
    const show = async (next: string): Promise<void> => {
      await page.goto(consoleUrl(url, next, world))
      await settled(page)
    }
    return { page, context, show }
  }
}

export function consoleUrl(url: string, hash = '#/', world?: string): string {
  return `${url}${world === undefined ? '' : `/w/${world}`}/_mockflared/console/${hash}`
}

/** Resolves when the page shows its data, and loads nothing more. */
export async function settled(page: Page): Promise<void> {
  await page.locator('main h1').waitFor({ timeout: 10_000 })
  await evaluate(page, TWO_FRAMES)
  await expect.poll(() => pending.get(page.context())?.size, { timeout: 10_000, interval: 10 }).toBe(0)
  await page.locator('.skeleton, [aria-busy="true"]').first().waitFor({ state: 'detached', timeout: 10_000 })
  await evaluate(page, TWO_FRAMES)
}

/** What changed is drawn by then. */
const TWO_FRAMES = 'new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve)))'

/** A stream of events never ends, and Playwright does not tell the end of the worker's script. */
const ENDLESS = /\/events$|\/worker-[\w-]+\.js$/

/** The requests of a context that have no response yet. */
const pending = new WeakMap<BrowserContext, Set<Request>>()

function countPending(context: BrowserContext): void {
  const requests = new Set<Request>()
  pending.set(context, requests)
  context.on('request', request => !ENDLESS.test(new URL(request.url()).pathname) && requests.add(request))
  context.on('requestfinished', request => requests.delete(request))
  context.on('requestfailed', request => requests.delete(request))
}
