/** The pages DNS, Networks and Access. */
import { expect, it, onTestFinished } from 'vitest'
import { callApi, SHOP, startDemo } from '../support/console/demo.ts'
import { useBrowser } from '../support/console/open.ts'

const openConsole = useBrowser()

const ZONE = 'a1c3e5f7092b4d6e8fa0b2c4d6e8f013'

async function openAt(hash: string) {
  const emulator = await startDemo()
  onTestFinished(() => emulator.close())
  const { page } = await openConsole(emulator, { hash })
  const createRecord = (body: object) =>
    emulator.fetch(`${emulator.baseURL}/zones/${ZONE}/dns_records`, {
      method: 'POST',
      headers: { authorization: 'Bearer any-token' },
      body: JSON.stringify(body),
    })
  return { emulator, page, createRecord }
}

it('a record for an unknown tunnel is shown as soon as it exists, and says that it leads nowhere', async () => {
  const { page, createRecord } = await openAt('#/dns')
  await page.getByText('16 records in 1 zone').waitFor()
  await createRecord({
    type: 'CNAME',
    name: 'old',
    content: '00000000-0000-4000-8000-00000000dead.cfargotunnel.com',
    proxied: true,
  })
  await page.getByText('Leads nowhere:').waitFor()
  await page.getByText('the tunnel does not exist').waitFor()

  await page.getByRole('button', { name: 'Broken 1' }).click()
  await page.getByRole('link', { name: 'Explain old.alpine-outdoor.example' }).waitFor()
  expect(await page.getByRole('link', { name: /^Explain / }).count()).toBe(1)
  expect(page.url()).toContain('problems=1')
})

it('a hostname of a configuration without a record stands above, until the command that is offered has run', async () => {
  const { emulator, page } = await openAt('#/dns')
  const hostname = 'status.alpine-outdoor.example'
  const config = { ingress: [{ hostname, service: 'http://localhost:9000' }, { service: 'http_status:404' }] }
  await callApi(emulator, `/cfd_tunnel/${SHOP}/configurations`, { method: 'PUT', body: { config } })
  const heading = page.getByRole('heading', { name: '1 hostname without a record' })
  await heading.waitFor()

  const command = await page.locator('.one-line code').textContent()
  const [, path, body] = /client\/v4(\S+) .* -d '(.*)'$/.exec(command ?? '') ?? []
  await emulator.fetch(`${emulator.baseURL}${path}`, {
    method: 'PUT',
    headers: { authorization: 'Bearer any-token', 'content-type': 'application/json' },
    body: body ?? '',
  })
  await heading.waitFor({ state: 'detached' })
  await page.getByText('17 records in 1 zone').waitFor()
})

it('an address in the find field of Networks shows the route that serves it in each virtual network', async () => {
  const { page } = await openAt('#/networks')
  await page.getByRole('searchbox', { name: 'Find routes by words or by an address' }).fill('10.20.3.4')
  await page.getByText('serves 10.20.3.4').nth(1).waitFor()

  const headings = await page.locator('main').getByRole('heading', { level: 2 }).allTextContents()
  expect(headings.map(text => text.trim())).toEqual(['default default network', 'lyon'])
  await page.reload()
  await page.getByText('serves 10.20.3.4').nth(1).waitFor()
})

it('a tag of Access leaves the applications that have it', async () => {
  const { page } = await openAt('#/access')
  await page.getByRole('button', { name: /^development/ }).click()
  await page.getByText('Grafana', { exact: true }).waitFor({ state: 'detached' })

  await page.getByText('Git', { exact: true }).waitFor()
  expect(page.url()).toContain('tag=development')
})
