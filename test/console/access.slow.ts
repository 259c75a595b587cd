/** Who may see the console, and what the others see. */
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { networkInterfaces } from 'node:os'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { EmulatorOptions } from '../../src/emulator/emulator.ts'
import { startDemo } from '../support/console/demo.ts'
import { consoleUrl, settled, useBrowser } from '../support/console/open.ts'

const openConsole = useBrowser()

const TOKEN = 'sesame'

async function start(options: EmulatorOptions = {}) {
  const emulator = await startDemo(options)
  onTestFinished(() => emulator.close())
  return emulator
}

describe('with a token', () => {
  it('the page asks for it, and shows the world when it is right', async () => {
    const { page, context } = await openConsole(await start({ control_token: TOKEN }), { expected: /403/ })
    await page.getByText('the control plane wants Authorization: Bearer').waitFor()
    expect(await page.content()).not.toContain('shop-web')

    await page.getByLabel('--control-token').fill('wrong')
    await page.getByRole('button', { name: 'Use this token' }).click()
    await page.getByText('does not accept this token').waitFor()
    await page.getByLabel('--control-token').fill(TOKEN)
    await page.getByRole('button', { name: 'Use this token' }).click()
    await page.getByRole('heading', { name: 'Tunnels', level: 1 }).waitFor()

    await page.reload()
    await page.getByRole('heading', { name: 'Tunnels', level: 1 }).waitFor()
    expect(await context.cookies()).toEqual([])
    expect(page.url()).not.toContain(TOKEN)
  })

  it('a link may have it; the page takes it out of its URL', async () => {
    const { page } = await openConsole(await start({ control_token: TOKEN }), { hash: `#token=${TOKEN}` })
    await page.getByRole('heading', { name: 'Tunnels', level: 1 }).waitFor()

    expect(page.url()).toMatch(/#\/$/)
  })
})

describe('from another machine', () => {
  const [address] = Object.values(networkInterfaces())
    .flatMap(list => list ?? [])
    .filter(one => !one.internal && one.family === 'IPv4')

  it.skipIf(!address)('the page says what the guard says, and both ways out', async () => {
    const { url } = await start({ host: '0.0.0.0' })
    const { page } = await openConsole({ url: url.replace(/\/\/[^:]+/, `//${address?.address}`) }, { expected: /403/ })
    const text = await page.locator('main').textContent()

    expect(text).toContain('callers from other machines need --control-token, or --control open')
    expect(text).toContain('MOCKFLARED_CONTROL_TOKEN')
    expect(text).toContain('MOCKFLARED_CONTROL=open')
  })
})

describe('a page of another origin', () => {
  it('gets neither the console in a frame nor data, and may link to it', async () => {
    const emulator = await start()
    const target = consoleUrl(emulator.url)
    const other = await serve(`<iframe src="${target}"></iframe><a href="${target}">Console</a>
      <script>fetch("${emulator.url}/_mockflared/overview").then(r => r.text(), String).then(t => { document.title = t })</script>`)
    const { page } = await openConsole(emulator, { expected: /./ })
    await page.goto(other)

    await expect.poll(() => page.title()).toMatch(/^TypeError/)
    expect(await page.frames()[1]?.locator('body').textContent()).not.toContain('Tunnels')

    await page.getByRole('link').click()
    await settled(page)
    expect(await page.locator('h1').textContent()).toBe('Tunnels')
  })
})

/** The URL of a page on `localhost`, which is another site than `127.0.0.1`. */
async function serve(page: string): Promise<string> {
  const server = createServer((_request, response) => response.setHeader('content-type', 'text/html').end(page))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  return `http://localhost:${(server.address() as AddressInfo).port}/`
}
