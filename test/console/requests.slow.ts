/** The pages Requests and Verify: the list, a detail, what is new, sent again, verified. */
import { expect, it, onTestFinished } from 'vitest'
import type { EmulatorOptions } from '../../src/emulator/emulator.ts'
import { callApi, fillDemo, startDemo } from '../support/console/demo.ts'
import { type OpenOptions, useBrowser } from '../support/console/open.ts'

const openConsole = useBrowser()

async function openRequests(hash: string, options: OpenOptions & { readonly emulator?: EmulatorOptions } = {}) {
  const emulator = await startDemo(options.emulator)
  onTestFinished(() => emulator.close())
  await fillDemo(emulator)
  await emulator.control.clearFaults()
  const opened = await openConsole(emulator, { hash, ...options })
  return { emulator, ...opened, rows: opened.page.locator('[data-row]') }
}

it('switches and find narrow the list, and a reload keeps them', async () => {
  const { page, rows } = await openRequests('#/requests')
  await rows.nth(6).waitFor()
  await page.getByRole('button', { name: 'Failed' }).click()
  await page.getByLabel('Find in paths, bodies and answers').fill('dead')
  await expect.poll(() => rows.count()).toBe(1)
  await expect.poll(() => page.url()).toContain('failed=1&find=dead')

  await page.reload()
  await expect.poll(() => rows.count()).toBe(1)
  await page.getByLabel('Find in paths, bodies and answers').fill('nothing like it')
  await page.getByRole('button', { name: 'Show all requests' }).click()
  await expect.poll(() => rows.count()).toBe(7)
})

it('a detail says what nothing read, what was answered, why and what then happened', async () => {
  const { page, rows } = await openRequests('#/requests')
  await rows.filter({ hasText: 'Create tunnel' }).last().click()
  const detail = page.getByRole('article')
  await detail.getByText('"pop-up-store"').first().waitFor()
  await expect.poll(() => detail.getByRole('link', { name: /Look at the world then/ }).count()).toBe(1)
  await detail.getByRole('link', { name: 'tunnel_answer' }).waitFor()

  await detail.getByRole('link', { name: 'Newer request' }).click()
  await detail.getByText('body.colour').first().waitFor()
  await detail.getByText('not read').first().waitFor()
  await detail.getByText('1013').first().waitFor()
})

it('a caused event leads to the world at its instant', async () => {
  const { page } = await openRequests('#/requests/2')
  await page.getByRole('link', { name: /Look at the world then/ }).click()

  await expect.poll(() => page.url()).toContain('at=2026-11-27T02')
})

it('rows hold still under the pointer, and a button says how many are new', async () => {
  const { emulator, page, rows } = await openRequests('#/requests')
  await rows.first().hover()
  for (let request = 0; request < 3; request += 1) await callApi(emulator, '/cfd_tunnel')
  const news = page.getByRole('button', { name: '3 new' })
  await news.waitFor()
  expect(await rows.first().getAttribute('data-row')).toBe('7')

  await news.click()
  await expect.poll(() => rows.first().getAttribute('data-row')).toBe('10')
})

it('a thousand requests are a window of rows', async () => {
  const { emulator, page, rows } = await openRequests('#/requests')
  for (let batch = 0; batch < 20; batch += 1) {
    await Promise.all(Array.from({ length: 50 }, () => callApi(emulator, '/cfd_tunnel?per_page=1')))
  }
  await page.getByText('the latest 1,000 requests').waitFor()
  expect(await rows.count()).toBeLessThan(60)
  await page.locator('.log-scroll').evaluate(list => list.scrollTo({ top: list.scrollHeight }))

  await expect.poll(() => rows.last().getAttribute('data-row')).toBe('8')
})

it('a request is sent again only by its button, and the log is cleared after a question', async () => {
  const { emulator, page, rows } = await openRequests('#/requests/1', { expected: /client\/v4/ })
  expect(await emulator.control.listRequests()).toHaveLength(7)
  await page.getByRole('button', { name: 'Send GET again' }).click()
  await page.getByRole('region', { name: 'Notices' }).getByText('Sent again: 200').waitFor()
  await page.getByRole('button', { name: 'Open request 8' }).click()
  await page.getByRole('article', { name: 'Request 8' }).waitFor()

  await page.getByRole('button', { name: 'Clear', exact: true }).click()
  await page.getByText('Clear the whole request log?').waitFor()
  expect(await rows.count()).toBe(8)
  await page.getByRole('button', { name: 'Clear', exact: true }).click()
  await page.getByText('No requests yet').waitFor()
  expect(await emulator.control.listRequests()).toEqual([])
})

it('a log that is off says which option turned it off', async () => {
  const { page } = await openRequests('#/requests', { emulator: { journal_size: 0 } })

  await page.getByText('The request log is off').waitFor()
  await page.getByText('--journal-size 0').waitFor()
})

it('an expectation shows the nearest requests, and passes when the right one comes', async () => {
  const { emulator, page } = await openRequests('#/verify')
  await page.getByLabel('Method', { exact: true }).selectOption('POST')
  await page.getByText('Passed').waitFor()
  await page.getByLabel('Body').fill('{ "name": "pop-up-shop" }')
  await page.getByText('Not passed').waitFor()
  const nearest = page.getByRole('table').first()
  await nearest.getByText('body.name').waitFor()
  expect(await nearest.locator('mark').allTextContents()).toEqual(['hop', 'tore'])

  await page.reload()
  await page.getByText('Not passed').waitFor()
  await callApi(emulator, '/cfd_tunnel', { method: 'POST', body: { name: 'pop-up-shop' } })
  await page.getByText('Passed', { exact: true }).waitFor()
  await page.getByRole('link', { name: 'Request 8' }).waitFor()
})

it('a request is carried to an expectation that it meets', async () => {
  const { page } = await openRequests('#/requests/3')
  await page.getByRole('link', { name: 'Verify this…' }).click()

  await page.getByText('Passed').waitFor()
  await page.getByRole('link', { name: 'Request 3' }).waitFor()
})
