/** The page that draws the path of a URL. */
import { describe, expect, it, onTestFinished } from 'vitest'
import { ACCOUNT, SHOP, startDemo } from '../support/console/demo.ts'
import { useBrowser } from '../support/console/open.ts'

const openConsole = useBrowser()

async function open(hash: string, expected?: RegExp) {
  const emulator = await startDemo()
  onTestFinished(() => emulator.close())
  const console = await openConsole(emulator, { hash, ...(expected && { expected }) })
  const stops = (): Promise<string[]> => console.page.locator('.station-name').allTextContents()
  return { emulator, ...console, stops }
}

function hashOf(url: string): string {
  return `#/explain?url=${encodeURIComponent(url)}`
}

describe('a URL', () => {
  it('leads over its record, tunnel, version and rule to the service, past the skipped rules', async () => {
    const { page, stops } = await open(hashOf('https://shop.alpine-outdoor.example/products'))
    await page.getByText('3 connectors connected, on version 3').waitFor()

    expect(await stops()).toEqual(['URL', 'CNAME record', 'Tunnel', 'Version', 'Rule 1', 'Rule 2', 'Service'])
    expect(await page.locator('s').allTextContents()).toEqual(['shop.alpine-outdoor.example, path ^/static/'])
    await page.getByText('path ^/static/ does not match /products').waitFor()
  })

  it.each([
    ['https://none.alpine-outdoor.example/', 'No DNS record', 'has no A, AAAA or CNAME record'],
    ['https://elsewhere.example/', 'No tunnel', 'has a rule that names elsewhere.example'],
    ['https://till-vienna.alpine-outdoor.example/', 'Not serving', 'the tunnel has no live connection'],
  ])('%s breaks at “%s”', async (url, stop, why) => {
    const { page } = await open(hashOf(url))
    const broken = page.locator('.station.broken')
    await broken.getByRole('heading', { name: stop }).waitFor()
    expect(await broken.textContent()).toContain(why)
  })

  it('may be typed without a scheme, and is followed as the world changes', async () => {
    const { emulator, page, stops } = await open('#/explain')
    await page.getByLabel('URL').fill('shop.alpine-outdoor.example/static/logo.svg')
    await page.keyboard.press('Enter')
    await expect.poll(stops).toContain('Rule 1')
    expect(page.url()).toContain(encodeURIComponent('https://shop.alpine-outdoor.example/static/logo.svg'))

    const address = { account_id: ACCOUNT, tunnel_id: SHOP }
    for (const { id } of await emulator.control.listConnectors(address)) {
      await emulator.control.disconnectConnector({ ...address, connector_id: id })
    }
    await expect.poll(stops).toContain('Not serving')
  })

  it('that no tunnel serves is refused in the words of the server', async () => {
    const { page } = await open(hashOf('ftp://shop.alpine-outdoor.example/'), /400/)
    await page.getByText('is for ftp: while tunnels serve http:, https:, ws: and wss:').waitFor()
  })
})

describe('without a URL', () => {
  it('the page offers the hostnames of the world', async () => {
    const { page, stops } = await open('#/explain')
    await page.getByRole('link', { name: '*.staging.alpine-outdoor.example' }).click()
    await expect.poll(stops).toContain('Service')
    expect(page.url()).toContain('any.staging.alpine-outdoor.example')
  })
})

describe('from the routes of a tunnel', () => {
  it('a rule is explained for this tunnel, and then for all', async () => {
    const { page, stops } = await open(`#/tunnels/${SHOP}?tab=routes`)
    await page.getByRole('link', { name: 'Explain rule 4' }).click()
    await expect
      .poll(stops)
      .toEqual(expect.arrayContaining(['DNS', 'Tunnel', 'Rule 1', 'Rule 2', 'Rule 3', 'Rule 4', 'Service']))

    await page.getByRole('button', { name: 'Explain for all tunnels' }).click()
    await expect.poll(stops).toContain('No tunnel')
  })
})
