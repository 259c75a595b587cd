/** The page Worlds: create, copy, open, delete, and see what others do. */
import { expect, it, onTestFinished } from 'vitest'
import { startDemo } from '../support/console/demo.ts'
import { useBrowser } from '../support/console/open.ts'

const openConsole = useBrowser()

async function openWorlds(options: Parameters<typeof openConsole>[1] = {}) {
  const emulator = await startDemo()
  onTestFinished(() => emulator.close())
  await emulator.control.createWorldAs({ id: 'job-1' })
  const opened = await openConsole(emulator, { hash: '#/worlds', ...options })
  const press = (name: string) => opened.page.getByRole('button', { name, exact: true }).click()
  const ids = async () => (await emulator.control.listWorlds()).map(({ id }) => id)
  return { emulator, ...opened, press, ids }
}

it('a world is created from a copy of this one, and deleted after a question', async () => {
  const { page, press, ids } = await openWorlds()
  await page.getByText('the main one and 1 of at most 100 others').waitFor()
  await page.getByLabel('Name', { exact: true }).fill('job-2')
  await page.getByLabel('Starts with').selectOption('current')
  await press('Create')
  await page.getByRole('link', { name: 'job-2', exact: true }).waitFor()
  expect(await ids()).toEqual(['main', 'job-1', 'job-2'])

  await press('Delete job-2')
  await page.getByText('Delete job-2 with its data?').waitFor()
  await press('Delete')
  await page.getByRole('link', { name: 'job-2', exact: true }).waitFor({ state: 'detached' })
  expect(await ids()).toEqual(['main', 'job-1'])
})

it('a key that is held down deletes no world, and Escape takes the question back', async () => {
  const { page, ids } = await openWorlds()
  const button = page.getByRole('button', { name: 'Delete job-1', exact: true })
  await button.press('Enter')
  await page.getByText('Delete job-1 with its data?').waitFor()
  await page.keyboard.press('Enter')
  await button.press('Enter')
  await page.getByText('Delete job-1 with its data?').waitFor()
  await page.keyboard.press('Escape')

  await button.waitFor()
  expect(await page.locator(':focus').getAttribute('aria-label')).toBe('Delete job-1')
  expect(await ids()).toContain('job-1')
})

it('the refusal of a name stands at the form', async () => {
  const { page, press, ids } = await openWorlds({ expected: /400/ })
  await page.getByLabel('Name', { exact: true }).fill('a b')
  await press('Create')

  expect(await page.getByRole('alert').textContent()).toContain('"a b" is not an id')
  expect(await ids()).toHaveLength(2)
})

it('the list shows what happens in other worlds', async () => {
  const { emulator, page } = await openWorlds()
  const line = page.locator('main').getByRole('listitem').filter({ hasText: 'job-1' })
  expect(await line.textContent()).not.toContain('fault')
  const job = emulator.controlOf('job-1')
  await job.addFault({ preset: 'slow' })

  await line.getByText('1 fault').waitFor()
})

it('the lines to export lead to the world that they were copied for', async () => {
  const { emulator, page, context, press } = await openWorlds()
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await press('Copy for job-1')
  await page.getByRole('menuitem', { name: 'Copy the export lines' }).click()
  await page
    .getByLabel('Notices')
    .getByText(/^Copied: export CLOUDFLARE_BASE_URL/)
    .waitFor()

  const text = await page.evaluate('navigator.clipboard.readText()')
  expect(text).toContain(`export CLOUDFLARE_BASE_URL=${emulator.url}/w/job-1/client/v4\n`)
  expect(text).toContain('export CLOUDFLARE_API_TOKEN=any-token')
})

it('who deletes the world that the page shows is led to the main one', async () => {
  const { page, press, ids } = await openWorlds({ world: 'job-1', expected: /410/ })
  await press('Delete job-1')
  await press('Delete')
  await page.waitForURL(url => !url.href.includes('/w/job-1'))

  expect(await ids()).toEqual(['main'])
})
