/** The pages Evidence, Lint and Reference. */
import { expect, it, onTestFinished } from 'vitest'
import { callApi, startDemo } from '../support/console/demo.ts'
import { useBrowser } from '../support/console/open.ts'

const openConsole = useBrowser()

async function openAt(hash: string) {
  const emulator = await startDemo()
  onTestFinished(() => emulator.close())
  return { emulator, ...(await openConsole(emulator, { hash })) }
}

it('the report fills as responses come, and leads to each behaviour', async () => {
  const { emulator, page } = await openAt('#/evidence')
  await page.getByText('No responses yet').waitFor()
  await callApi(emulator, '/cfd_tunnel')
  await page.getByRole('link', { name: 'status_threshold' }).click()

  await page.getByRole('heading', { name: 'status_threshold' }).waitFor()
  await page.getByText('1 response, the first to').waitFor()
  await page.getByRole('link', { name: /^GET \/accounts/ }).click()
  await expect.poll(() => page.locator('[data-row]').count()).toBe(1)
})

it('the report of all worlds is reset after a question', async () => {
  const { emulator, page } = await openAt('#/evidence?worlds=all')
  await callApi(emulator, '/cfd_tunnel')
  await page.getByText('1 response used').waitFor()
  await page.getByRole('button', { name: 'Reset', exact: true }).click()
  await page.getByText('Reset the report of all worlds?').waitFor()
  await page.getByRole('button', { name: 'Reset', exact: true }).click()

  await page.getByText('No responses yet').waitFor()
  expect((await emulator.control.getReport()).answers).toBe(0)
})

it('the coverage is found by words, and unfolds to fields', async () => {
  const { page } = await openAt('#/evidence?tab=coverage')
  await page.getByLabel('Find an operation').fill('create-a-cloudflare-tunnel')
  await page.getByText('1 emulated operation').waitFor()
  await page.locator('summary').first().click()

  await page.getByText('body.name', { exact: true }).first().waitFor()
})

it('lint finds a record of a deleted tunnel, and what was left over on request', async () => {
  const { emulator, page } = await openAt('#/lint')
  await page.getByText('Everything fits together').waitFor()
  await callApi(emulator, '/cfd_tunnel', { method: 'POST', body: { name: 'left-over' } })
  await page.getByLabel('Leftovers too').check()

  await page.getByText('Left over: created and never deleted').waitFor()
  await page.getByRole('link', { name: 'Show left-over' }).click()
  await page.getByRole('heading', { name: 'left-over' }).waitFor()
})

it('the reference finds an operation and shows it as curl', async () => {
  const { emulator, page } = await openAt('#/reference')
  await page.getByLabel('Find an operation').fill('moveclock')
  await page.locator('summary').click()

  await page.getByText(`curl -X POST ${emulator.url}/_mockflared/clock -d '{"advance":"5m"}'`).waitFor()
})
