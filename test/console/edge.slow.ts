/** The page Edge: addresses, connectors, requests to the gateway, faults. */
import { expect, it, onTestFinished } from 'vitest'
import { axeViolations } from '../support/console/axe.ts'
import { startDemo } from '../support/console/demo.ts'
import { sidewaysScrollers } from '../support/console/layout.ts'
import { DESK, PHONE, useBrowser } from '../support/console/open.ts'
import { startServing } from '../support/edge/start-serving.ts'

const openConsole = useBrowser()

async function openEdge(options: Parameters<typeof openConsole>[1] = {}) {
  const serving = await startServing({}, { log: 'off' })
  const opened = await openConsole(serving.emulator, { hash: '#/edge', ...options })
  const press = (name: string) => opened.page.getByRole('button', { name, exact: true }).click()
  return { ...serving, ...opened, press }
}

it('is not in the rail while the edge is off, and says how to turn it on', async () => {
  const emulator = await startDemo()
  onTestFinished(() => emulator.close())
  const { page } = await openConsole(emulator, { hash: '#/edge' })

  await page.getByText('mockflared --edge-port 7844 --gateway-port 8080').waitFor()
  expect(await page.getByRole('navigation').getByRole('link', { name: 'Edge' }).count()).toBe(0)
})

it('shows the connected cloudflared, and the command for another one without a secret', async () => {
  const { emulator, page, connector, tunnel, press, get } = await openEdge()
  await page.getByText('1 real connector connected').waitFor()
  expect(await page.getByText(`mockflared env --tunnel shop --url ${emulator.url}`).isVisible()).toBe(true)
  const { result: token } = await get<string>(`/${tunnel.id}/token`)
  expect(await page.content()).not.toContain(token)

  const [connection] = connector.connections
  await press(`Break shop ${connector.id.slice(0, 8)}`)
  await connection?.closed
  await page.getByText('0 live in').waitFor()
})

it('refuses connectors, and says why one is refused', async () => {
  const { page, control, connectorOf, tunnel, press } = await openEdge()
  await press('Refuse connectors')
  await page.getByText('are refused').waitFor()
  expect(await control.getEdge()).toMatchObject({ accepts: false })

  await press('Accept connectors')
  await page.getByText('may register').waitFor()
  await control.addEdgeFault({ effect: { refuse_registration: { cause: 'Unauthorized: not today' } } })
  const other = await connectorOf(tunnel)
  await expect(other.connect()).rejects.toThrow('not today')
  await page.locator('main').getByText('shop registration refused: Unauthorized: not today').waitFor()
})

it('lists the requests to the gateway, each with the reason of its status', async () => {
  const { page, visit, show, press, control } = await openEdge()
  await show('#/edge/requests')
  await page.getByText('No visitor yet').waitFor()
  await visit({ path: '/images/1.png' })
  await visit({ hostname: 'unknown.example.net' })

  const unknown = page.locator('main').getByRole('listitem').filter({ hasText: 'unknown.example.net' })
  await unknown.getByText('no tunnel serves this hostname').waitFor()
  await page.getByRole('button', { name: /^Failed/ }).click()
  await page.getByText('/images/1.png').waitFor({ state: 'detached' })
  await press('Clear')
  await press('Clear')
  await page.getByText('No visitor yet').waitFor()
  expect(await control.listEdgeRequests()).toEqual([])
})

it('adds a fault of the edge and counts what it does', async () => {
  const { page, visit, press, control } = await openEdge({ hash: '#/edge/faults' })
  await press('Error of the gateway')
  await page.getByLabel('Status', { exact: true }).fill('504')
  await press('Add this fault')
  await page.getByText('acted on 0 of 0 requests').waitFor()
  expect(await control.listEdgeFaults()).toMatchObject([{ effect: { http_status: { status: 504 } } }])

  expect(await visit()).toMatchObject({ status: 504 })
  await page.getByText('acted on 1 of 1 request').waitFor()
})

it.each([
  ['a desk', DESK],
  ['a phone', PHONE],
])('is accessible and fits on %s', async (_size, viewport) => {
  const { page, show, visit, control } = await openEdge({ viewport })
  await visit()
  await control.addEdgeFault({ preset: 'edge-outage' })
  const problems = new Set<string>()
  for (const hash of ['#/edge', '#/edge/requests', '#/edge/faults']) {
    await show(hash)
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      for (const problem of [...(await axeViolations(page)), ...(await sidewaysScrollers(page))]) problems.add(problem)
    }
  }
  expect([...problems]).toEqual([])
})
