/** The page Faults: presets, the builder, the list. */
import { expect, it, onTestFinished } from 'vitest'
import { callApi, startDemo } from '../support/console/demo.ts'
import { useBrowser } from '../support/console/open.ts'

const openConsole = useBrowser()

async function openFaults(hash = '#/faults', expected?: RegExp) {
  const emulator = await startDemo()
  onTestFinished(() => emulator.close())
  const { page } = await openConsole(emulator, { hash, ...(expected && { expected }) })
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click()
  return { emulator, page, press, faults: () => emulator.control.listFaults() }
}

it('a preset is added by its card, counts what it does, is removed and brought back', async () => {
  const { emulator, page, press, faults } = await openFaults()
  await page.getByText('No faults: every request behaves').waitFor()
  await press('Add flaky')
  await page.getByText('acted on 0 of 0 requests').waitFor()
  for (let request = 0; request < 3; request += 1) await callApi(emulator, '/cfd_tunnel')
  await page.getByText('acted on 1 of 3 requests').waitFor()

  await press('Remove fault-1')
  await page.getByText('No faults: every request behaves').waitFor()
  expect(await faults()).toEqual([])
  await press('Undo')
  await page.getByText('acted on 0 of 0 requests').waitFor()
  expect(await faults()).toMatchObject([{ every: 3, effect: { html: 503 } }])
})

it('the builder adds the rule that its sentence says, and its URL keeps it', async () => {
  const { page, press, faults } = await openFaults()
  await press('Delay')
  await page.getByLabel('By ms', { exact: true }).fill('1500')
  await page.getByLabel('Method', { exact: true }).selectOption('GET')
  await page.getByLabel('Only the nth', { exact: true }).fill('')
  await page.getByLabel('Every nth', { exact: true }).fill('2')
  const sentence = page.getByText('Every 2nd GET request gets its response 1.5\u00a0s late.')
  await sentence.first().waitFor()

  await page.reload()
  await sentence.first().waitFor()
  await press('Add this fault')
  await page.getByText('acted on 0 of 0 requests').waitFor()
  expect(await faults()).toMatchObject([{ method: 'GET', every: 2, effect: { latency: { ms: 1_500 } } }])
})

it('the refusal of a rule that can never act stands at the builder', async () => {
  const rule = JSON.stringify({ nth: 2, times: 3, effect: { hang: true } })
  const { page, press, faults } = await openFaults(`#/faults?rule=${encodeURIComponent(rule)}`, /400/)
  await press('Add this fault')

  expect(await page.getByRole('alert').textContent()).toBe(
    'nth is one call alone: it does not go together with after, every or times',
  )
  expect(await faults()).toEqual([])
})

it('all faults are removed after a question', async () => {
  const { page, press, faults } = await openFaults()
  await press('Add slow')
  await press('Add outage')
  await page.getByText('acted on 0 of 0 requests').nth(1).waitFor()
  await press('Remove all')
  expect(await faults()).toHaveLength(2)

  await page.getByText('Remove all 2 faults?').waitFor()
  await press('Remove all')
  await page.getByText('No faults: every request behaves').waitFor()
  expect(await faults()).toEqual([])
})
