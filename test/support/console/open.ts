/** The console of an emulator in a real browser. */
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, onTestFinished } from 'vitest'
import type { Emulator } from '../../../src/emulator/emulator.ts'
import { findBrowser, launchBrowser } from '../browser.ts'
import { collectProblems } from './problems.ts'

export const DESK = { width: 1280, height: 800 }
export const PHONE = { width: 390, height: 844 }

export interface OpenOptions extends BrowserContextOptions {
  /** The view, such as `#/requests`. */
  readonly hash?: string
  readonly world?: string
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
    { hash = '#/', world, expected, ...options }: OpenOptions = {},
  ): Promise<OpenConsole> {
    const context = await browser.newContext({ viewport: DESK, reducedMotion: 'reduce', ...options })
    const problems = collectProblems(context, url)
    onTestFinished(async () => {
      await context.close()
      expect(problems.filter(problem => !expected?.test(problem))).toEqual([])
    })
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

/** Resolves when the page shows its data. */
export async function settled(page: Page): Promise<void> {
  await page.locator('main h1').waitFor({ timeout: 10_000 })
  await page.locator('.skeleton, [aria-busy="true"]').first().waitFor({ state: 'detached', timeout: 10_000 })
}
