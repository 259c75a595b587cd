/** The page of a tunnel: what its buttons do to the world, and what it says of it. */
import type { Page } from 'playwright-core'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { Emulator } from '../../src/emulator/emulator.ts'
import { ACCOUNT, callApi, SHOP, startDemo } from '../support/console/demo.ts'
import { useBrowser } from '../support/console/open.ts'

const openConsole = useBrowser()

/** `warehouse-innsbruck`, which is configured locally. */
const LOCAL = 'd0000000-0000-4000-8000-000000000006'
const CONNECTOR = 'c0000000-0000-4000-9000-000000000001'

async function open(hash = `#/tunnels/${SHOP}`, expected?: RegExp) {
  const emulator = await startDemo()
  onTestFinished(() => emulator.close())
  return { emulator, ...(await openConsole(emulator, { hash, ...(expected && { expected }) })) }
}

async function connectorOf({ control }: Emulator, id = CONNECTOR) {
  const connectors = await control.listConnectors({ account_id: ACCOUNT, tunnel_id: SHOP })
  return connectors.find(connector => connector.id === id)
}

/** How many connections are in each state, such as `4 live`. */
async function statesOf(emulator: Emulator): Promise<string> {
  const { connections = [] } = (await connectorOf(emulator)) ?? {}
  return [...Map.groupBy(connections, ({ state }) => state)].map(([state, { length }]) => `${length} ${state}`).join()
}

function press(page: Page, name: string): Promise<void> {
  return page.getByRole('button', { name, exact: true }).click()
}

describe('the actions of a connector', () => {
  it.each([
    ['Break all connections of connector 1', '4 pending'],
    ['Break one connection of connector 1', '1 pending,3 live'],
    ['Stop connector 1', '4 closed'],
    ['Drain connector 1', '1 closed,3 live'],
    ['Flap 10 s connector 1', '4 pending'],
  ])('“%s” leaves it with %s', async (name, states) => {
    const { emulator, page } = await open()
    await press(page, name)
    await expect.poll(() => statesOf(emulator)).toBe(states)
  })

  it('“Reconnect” brings a broken one back, and the page says both', async () => {
    const { emulator, page } = await open()
    await press(page, 'Break all connections of connector 1')
    await page.getByText('4 of 12 connections pending reconnect until 02:29:39').waitFor()

    await press(page, 'Reconnect connector 1')
    await page.getByText('12 connections live on 3 connectors').waitFor()
    expect(await statesOf(emulator)).toMatch(/4 live/)
  })

  it('are one stop of the tab key, and arrow keys go to each', async () => {
    const { page } = await open()
    const bar = page.getByRole('toolbar', { name: 'Actions of connector 1' })
    expect(await bar.locator('button[tabindex="0"]').count()).toBe(1)

    await page.getByRole('button', { name: 'Break all connections of connector 1', exact: true }).focus()
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowRight')
    const focused = page.locator('[aria-label="Break one connection of connector 1"]:focus')
    await focused.waitFor()
  })

  it('set whether it reconnects, and when it applies configurations', async () => {
    const { emulator, page } = await open()
    await page.getByLabel('Reconnects when the API cuts it off').first().check()
    await page.getByLabel('Applies new configurations').first().selectOption('never')

    await expect.poll(() => connectorOf(emulator)).toMatchObject({ reconnects: true, config_delay_ms: null })
    await callApi(emulator, `/cfd_tunnel/${SHOP}/configurations`, { method: 'PUT', body: { config: CONFIG } })
    await page.getByText('version 3; never applies 4').waitFor()
  })

  it('add another connector to the data centers that one types', async () => {
    const { emulator, page } = await open(`#/tunnels/${SHOP}?add=1`)
    await page.getByLabel('Data centers, used in turn').fill('vie04')
    await page.getByLabel('Connections', { exact: true }).fill('2')
    await press(page, 'Connect it')

    await page.getByRole('heading', { name: 'Connector 4' }).waitFor()
    await page.getByText('1 connector with fewer than 4 connections').waitFor()
    const connectors = await emulator.control.listConnectors({ account_id: ACCOUNT, tunnel_id: SHOP })
    expect(connectors.at(-1)?.connections.map(({ colo_name }) => colo_name)).toEqual(['vie04', 'vie04'])
  })
})

const CONFIG = { ingress: [{ service: 'http_status:404' }] }

describe('the versions of a configuration', () => {
  it('are listed as they are published, with what changed', async () => {
    const { emulator, page } = await open(`#/tunnels/${SHOP}?tab=versions`)
    await callApi(emulator, `/cfd_tunnel/${SHOP}/configurations`, { method: 'PUT', body: { config: CONFIG } })
    await page.getByRole('heading', { name: 'What version 4 changed' }).waitFor()

    await page.getByRole('link', { name: 'Version 3' }).click()
    await page.getByRole('heading', { name: 'What version 3 changed' }).waitFor()
    expect(new URL(page.url()).hash).toBe(`#/tunnels/${SHOP}/configurations/3`)
    expect(await page.locator('[data-sign="+"] b').first().textContent()).toContain('assets')

    await page.goBack()
    await page.getByRole('heading', { name: 'What version 4 changed' }).waitFor()
  })

  it('are copied as a PUT that names the token by its variable', async () => {
    const { page } = await open(`#/tunnels/${SHOP}/configurations/1`)
    await press(page, 'Copy as PUT')
    await page.getByRole('region', { name: 'Notices' }).getByText('Copied: curl -X PUT').waitFor()
    expect(await page.content()).not.toContain('any-token')
  })

  it('of a local tunnel are reported by its connector, and a refusal stands at the form', async () => {
    const { emulator, page } = await open(`#/tunnels/${LOCAL}?tab=versions`, /400/)
    const field = page.getByLabel('Configuration as JSON')
    await field.fill('{"ingress": [')
    await page.getByRole('alert').waitFor()

    await field.fill('{"ingress": []}')
    await press(page, 'Report it')
    await page.getByRole('alert').waitFor()
    expect(await emulator.control.listConfigurations({ account_id: ACCOUNT, tunnel_id: LOCAL })).toEqual([])

    await field.fill(JSON.stringify(CONFIG))
    await press(page, 'Report it')
    await page.getByRole('heading', { name: 'Version 0, the first' }).waitFor()
  })
})

describe('the emulated API', () => {
  it('gets a request only from the button that says so', async () => {
    const { emulator, page, show } = await open(undefined, /client\/v4/)
    for (const tab of ['routes', 'versions', 'requests', 'history', 'api']) await show(`#/tunnels/${SHOP}?tab=${tab}`)
    expect(await emulator.control.listRequests()).toEqual([])

    await press(page, 'Send GET: this goes into the request log')
    await page.getByRole('link', { name: 'Request 1 of the log' }).waitFor()
    expect(await emulator.control.listRequests()).toMatchObject([{ method: 'GET', tunnel_id: SHOP, status: 200 }])

    await show(`#/tunnels/${SHOP}?tab=requests`)
    await page.getByRole('tabpanel').getByRole('link', { name: 'Get tunnel' }).waitFor()
  })
})

describe('the history', () => {
  it('moves the time cursor by keys, and the tunnel is shown as it was', async () => {
    const { emulator, page, show } = await open()
    await press(page, 'Break all connections of connector 1')
    await expect.poll(() => statesOf(emulator)).toBe('4 pending')
    await emulator.control.moveClock({ advance: '1m' })

    await show(`#/tunnels/${SHOP}?tab=history`)
    await page.getByLabel('Look at a past instant').focus()
    for (let times = 0; times < 60; times += 1) await page.keyboard.press('ArrowLeft')
    await page.getByText('12 connections live on 3 connectors').waitFor()

    await page.getByRole('tab', { name: 'Connectors' }).click()
    const broken = page.getByRole('button', { name: 'Break all connections of connector 1', exact: true })
    expect(await broken.isDisabled()).toBe(true)
  })
})

describe('the tabs', () => {
  it('are walked through with arrow keys, and each has a URL', async () => {
    const { page } = await open()
    await page.getByRole('tab', { name: 'Connectors' }).focus()
    await page.keyboard.press('ArrowRight')
    await page.getByText('The first rule that matches serves the request.').waitFor()
    expect(new URL(page.url()).hash).toBe(`#/tunnels/${SHOP}?tab=routes`)

    await page.keyboard.press('End')
    await page.getByRole('heading', { name: 'What the API answers now' }).waitFor()
    await page.reload()
    await page.getByRole('heading', { name: 'What the API answers now' }).waitFor()
  })
})
