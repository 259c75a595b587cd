/**
 * Draws the pictures of the console in `docs/console/` from the demo, with a frozen clock and a
 * fixed random seed. Nothing checks them: another Chromium or other fonts draw them differently.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { exit, stderr } from 'node:process'
import type { Browser, Page } from 'playwright-core'
import { findBrowser, launchBrowser } from '../test/support/browser.ts'
import { fillDemo, SHOP, START, startDemo } from '../test/support/console/demo.ts'
import { evaluate } from '../test/support/console/evaluate.ts'

const FOLDER = join(import.meta.dirname, '../docs/console')

/** Commands on the pages name it. */
const PORT = 8844

const DESK = { width: 1280, height: 800 }
const PHONE = { width: 390, height: 844 }

interface Picture {
  readonly hash: string
  readonly colorScheme?: 'dark'
  readonly viewport?: typeof PHONE
}

const EXPLAINED = encodeURIComponent('https://shop.alpine-outdoor.example/cart')

const PICTURES: Readonly<Record<string, Picture>> = {
  tunnels: { hash: '#/' },
  'tunnels-dark': { hash: '#/', colorScheme: 'dark' },
  'tunnels-phone': { hash: '#/', viewport: PHONE },
  time: { hash: '#/?lens=time' },
  past: { hash: '#/?at=2026-11-27T02:28:00.000Z', colorScheme: 'dark' },
  tunnel: { hash: `#/tunnels/${SHOP}` },
  versions: { hash: `#/tunnels/${SHOP}/configurations/4` },
  requests: { hash: '#/requests/3' },
  'requests-phone': { hash: '#/requests', viewport: PHONE, colorScheme: 'dark' },
  explain: { hash: `#/explain?url=${EXPLAINED}` },
  faults: { hash: '#/faults' },
  worlds: { hash: '#/worlds' },
  evidence: { hash: '#/evidence' },
}

async function draw(browser: Browser, url: string, { hash, ...options }: Picture): Promise<Buffer> {
  const context = await browser.newContext({ viewport: DESK, reducedMotion: 'reduce', ...options })
  await context.clock.setFixedTime(START)
  const page = await context.newPage()
  await page.goto(`${url}/_mockflared/console/${hash}`)
  await page.locator('main h1').waitFor()
  await page.locator('.skeleton, [aria-busy="true"]').first().waitFor({ state: 'detached' })
  const picture = await whenStill(page)
  await context.close()
  return picture
}

/** The first picture that stays the same for a while. */
async function whenStill(page: Page): Promise<Buffer> {
  for (let before = await page.screenshot(); ; ) {
    await page.waitForTimeout(500)
    const now = await page.screenshot()
    if (now.equals(before)) return now
    before = now
  }
}

/** As WebP, which is a quarter as large. */
async function compressed(browser: Browser, png: Buffer): Promise<Buffer> {
  const page = await browser.newPage()
  const encoded = (await evaluate(
    page,
    `(async () => {
      const image = await createImageBitmap(await (await fetch('data:image/png;base64,${png.toString('base64')}')).blob())
      const canvas = new OffscreenCanvas(image.width, image.height)
      canvas.getContext('2d').drawImage(image, 0, 0)
      return new Uint8Array(await (await canvas.convertToBlob({ type: 'image/webp', quality: 0.9 })).arrayBuffer()).toBase64()
    })()`,
  )) as string
  await page.close()
  return Buffer.from(encoded, 'base64')
}

const executable = findBrowser()
if (executable === undefined) {
  stderr.write('no Chromium; run: apt-get install -y --no-install-recommends chromium\n')
  exit(1)
}
mkdirSync(FOLDER, { recursive: true })
await using emulator = await startDemo({ port: PORT })
await fillDemo(emulator)
const browser = await launchBrowser(executable)
for (const [name, picture] of Object.entries(PICTURES)) {
  const png = await draw(browser, emulator.url, picture)
  writeFileSync(join(FOLDER, `${name}.webp`), await compressed(browser, png))
}
await browser.close()
