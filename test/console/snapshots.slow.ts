/** The page Snapshots: save, compare, restore, reset, the state as a file. */
import { readFileSync } from 'node:fs'
import { expect, it, onTestFinished } from 'vitest'
import { ACCOUNT, callApi, SHOP, startDemo } from '../support/console/demo.ts'
import { useBrowser } from '../support/console/open.ts'

const openConsole = useBrowser()

async function openSnapshots(hash = '#/snapshots', expected?: RegExp) {
  const emulator = await startDemo()
  onTestFinished(() => emulator.close())
  const { page, show } = await openConsole(emulator, { hash, ...(expected && { expected }) })
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click()
  const names = async () => (await emulator.control.listTunnels()).map(({ name }) => name)
  return { emulator, page, show, press, names }
}

it('a snapshot is saved under the proposed name, and says what changed since', async () => {
  const { emulator, page, press } = await openSnapshots()
  await press('Save')
  await page.getByRole('link', { name: 'at-02-24-39', exact: true }).click()
  await page.getByText('Nothing changed').waitFor()

  await callApi(emulator, '/cfd_tunnel', { method: 'POST', body: { name: 'night-market' } })
  await callApi(emulator, `/cfd_tunnel/${SHOP}`, { method: 'DELETE' })
  await page.getByText('1 added since').waitFor()
  expect(await page.locator('main').getByRole('listitem').filter({ hasText: 'night-market' }).textContent()).toContain(
    'added',
  )
})

it('a restore names what it loses, and can be undone', async () => {
  const { emulator, page, show, press, names } = await openSnapshots()
  await emulator.control.saveSnapshot({ name: 'before' })
  await callApi(emulator, '/cfd_tunnel', { method: 'POST', body: { name: 'night-market' } })
  await emulator.control.addFault({ preset: 'slow' })
  await show('#/snapshots/before')
  await page.getByText('faults (1)').waitFor()
  await page.getByLabel('Keep the request log').uncheck()
  await page.getByText('the request log (1)').waitFor()

  await press('Restore before')
  await page.getByText(/^Restore before, and lose the request log \(1\)/).waitFor()
  await press('Restore')
  await page.getByLabel('Notices').getByText('Restored before').waitFor()
  expect(await names()).not.toContain('night-market')
  await press('Undo')
  await page.getByLabel('Notices').getByText('as they were before').waitFor()
  expect(await names()).toContain('night-market')
})

it('a reset empties the world after a question', async () => {
  const { page, press, names } = await openSnapshots()
  await press('Empty the world')
  expect(await names()).not.toEqual([])

  await press('Empty the world')
  await page.getByLabel('Notices').getByText('The world is empty').waitFor()
  expect(await names()).toEqual([])
})

it('the state is downloaded, with a warning, and replaces the world again', async () => {
  const { emulator, page, press, names } = await openSnapshots()
  const before = await names()
  await page.getByText('The file holds secrets').waitFor()
  const downloading = page.waitForEvent('download')
  await press('Download the state')
  const file = await (await downloading).path()
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ tunnels: expect.any(Array) })

  await emulator.control.reset({ to: 'empty' })
  await page.locator('input[type=file]').setInputFiles(file)
  await page.getByText('It replaces all data of the world main').waitFor()
  await press('Replace the world')
  await expect.poll(names).toEqual(before)
})

it('a state that the server refuses is shown at its place, and the world stays', async () => {
  const { page, press, names } = await openSnapshots('#/snapshots', /400/)
  const before = await names()
  const ingress = [{ hostname: 'a.example.com', service: 'http://localhost' }]
  const state = { tunnels: [{ account_tag: ACCOUNT, name: 'shop', configurations: [{ config: { ingress } }] }] }
  const buffer = Buffer.from(JSON.stringify(state))
  await page.locator('input[type=file]').setInputFiles({ name: 'shop.json', mimeType: 'application/json', buffer })
  await press('Replace the world')

  await page.getByText('The last ingress rule must match all URLs').waitFor()
  expect(await page.getByText('tunnels › 0 › configurations › 0 › config').isVisible()).toBe(true)
  expect(await page.locator('pre').textContent()).toContain('"hostname": "a.example.com"')
  expect(await names()).toEqual(before)
})

it('a file that is not JSON is not sent', async () => {
  const { page } = await openSnapshots()
  const buffer = Buffer.from('{"tunnels":')
  await page.locator('input[type=file]').setInputFiles({ name: 'shop.json', mimeType: 'application/json', buffer })

  expect(await page.getByRole('alert').textContent()).toMatch(/^shop\.json is not JSON: /)
})
