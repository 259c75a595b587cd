/** Every view in every state, light and dark, on a desk and on a phone. */
import type { BrowserContextOptions, Page } from 'playwright-core'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createEmulator } from '../../src/emulator/emulator.ts'
import { axeViolations } from '../support/console/axe.ts'
import { fillDemo, START, startDemo } from '../support/console/demo.ts'
import { evaluate } from '../support/console/evaluate.ts'
import { sidewaysScrollers } from '../support/console/layout.ts'
import { DESK, type OpenConsole, PHONE, useBrowser } from '../support/console/open.ts'
import { NO_SUCH_OBJECT, VIEWS } from '../support/console/views.ts'
import { temporaryFolder } from '../support/temporary.ts'

const openConsole = useBrowser()

const SIZES: readonly (readonly [string, BrowserContextOptions])[] = [
  ['a desk', { viewport: DESK }],
  ['a phone', { viewport: PHONE, hasTouch: true, isMobile: true }],
]

const STATES = {
  'a full world': async () => {
    const emulator = await startDemo({ edge_port: 0, edge_dir: temporaryFolder() })
    await fillDemo(emulator)
    return emulator
  },
  'an empty world': () => createEmulator({ port: 0, clock: START, random_seed: 1, log: 'off' }),
} as const

/** What the frame reads itself; everything else is for one page. */
const OF_THE_FRAME = /\/_mockflared\/(console\/.*|overview|due|faults|events|clock)?(\?.*)?$/

async function start(state: keyof typeof STATES) {
  const emulator = await STATES[state]()
  onTestFinished(() => emulator.close())
  return emulator
}

/** What is wrong, with the views where it is so. */
class Findings {
  readonly #views = new Map<string, string[]>()

  add(problems: readonly string[], view: string): void {
    for (const problem of problems) this.#views.set(problem, [...(this.#views.get(problem) ?? []), view])
  }

  get lines(): readonly string[] {
    return [...this.#views].map(([problem, views]) => `${problem} [${[...new Set(views)].join(', ')}]`)
  }
}

/** Looks at a view in both themes. */
async function examine(page: Page, name: string, findings: Findings): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    findings.add([...(await axeViolations(page)), ...(await sidewaysScrollers(page))], name)
  }
}

/** Looks at every view. */
async function examineAll({ page, show }: OpenConsole): Promise<readonly string[]> {
  const findings = new Findings()
  for (const { name, hash } of VIEWS) {
    try {
      await show(hash)
      await examine(page, name, findings)
    } catch (error) {
      findings.add([String(error)], name)
    }
  }
  return findings.lines
}

describe.each(SIZES)('on %s', (_size, options) => {
  it.each(Object.keys(STATES) as (keyof typeof STATES)[])('every view of %s is accessible and fits', async state => {
    const problems = state === 'an empty world' ? { expected: NO_SUCH_OBJECT } : {}
    expect(await examineAll(await openConsole(await start(state), { ...options, ...problems }))).toEqual([])
  })

  it('every view is accessible and fits when the server fails', async () => {
    const opened = await openConsole(await start('a full world'), { ...options, expected: /500/ })
    const error = { code: 'internal', message: 'the disk is full' }
    await opened.context.route(
      url => !OF_THE_FRAME.test(url.href),
      route => route.fulfill({ status: 500, json: { error } }),
    )

    expect(await examineAll(opened)).toEqual([])
  })

  it('what opens above a page is accessible and fits', async () => {
    const { page } = await openConsole(await start('a full world'), options)
    const findings = new Findings()
    for (const key of ['Control+k', '?']) {
      await page.keyboard.press(key)
      await page.getByRole('dialog').waitFor()
      await examine(page, key, findings)
      await page.keyboard.press('Escape')
      await page.getByRole('dialog').waitFor({ state: 'detached' })
    }
    await page.getByRole('button', { name: 'Actions for shop-web' }).click()
    await page.getByRole('button', { name: 'Copy “Break” as' }).click()
    await page.getByRole('menu').waitFor()
    await examine(page, 'actions', findings)

    expect(findings.lines).toEqual([])
  })

  it('the page that says why no world is shown is accessible and fits', async () => {
    const emulator = await createEmulator({ port: 0, control_token: 'sesame', log: 'off' })
    onTestFinished(() => emulator.close())
    const { page } = await openConsole(emulator, { ...options, expected: /403/ })
    const findings = new Findings()
    await examine(page, 'refused', findings)

    expect(findings.lines).toEqual([])
  })
})

it('the rail leads to no view that these tests do not know', async () => {
  const { page } = await openConsole(await start('a full world'))
  const hashes = await evaluate(page, `[...document.querySelectorAll('nav a')].map(link => link.getAttribute('href'))`)

  expect(VIEWS.map(({ hash }) => hash)).toEqual(expect.arrayContaining(hashes as string[]))
})
