/** Looking changes nothing. */
import { expect, it, onTestFinished } from 'vitest'
import { fillDemo, startDemo } from '../support/console/demo.ts'
import { useBrowser } from '../support/console/open.ts'
import { VIEWS } from '../support/console/views.ts'

const openConsole = useBrowser()

const READABLE = ['state', 'requests', 'report', 'events', 'worlds', 'faults', 'snapshots', 'clock', 'due']

it('opening every view leaves the same bytes behind', async () => {
  const emulator = await startDemo()
  onTestFinished(() => emulator.close())
  await fillDemo(emulator)
  const read = async () =>
    Object.fromEntries(
      await Promise.all(
        READABLE.map(async path => [path, await (await fetch(`${emulator.url}/_mockflared/${path}`)).text()]),
      ),
    )
  const before = await read()
  const { show } = await openConsole(emulator)
  for (const { hash } of VIEWS) await show(hash)

  expect(await read()).toEqual(before)
})

it('no response that it reads has a secret of the world', async () => {
  const emulator = await startDemo()
  onTestFinished(() => emulator.close())
  await fillDemo(emulator)
  const { tunnels = [] } = await emulator.control.getState()
  const secrets = tunnels.flatMap(({ tunnel_secret }) => (tunnel_secret === undefined ? [] : [tunnel_secret]))
  expect(secrets.length).toBeGreaterThan(0)

  const { context, show } = await openConsole(emulator)
  const texts: Promise<string>[] = []
  context.on('response', response => {
    if (!/\/(events|assets\/.*)$/.test(new URL(response.url()).pathname)) texts.push(response.text())
  })
  for (const { hash } of VIEWS) await show(hash)
  const everything = (await Promise.all(texts)).join('\n')

  expect(everything).toContain('shop-web')
  expect(secrets.filter(secret => everything.includes(secret))).toEqual([])
})

it('a world that is only looked at is deleted, and the page says so', async () => {
  const emulator = await startDemo({ world_idle_ms: 1_500 })
  onTestFinished(() => emulator.close())
  const { id } = await emulator.control.createWorld()
  const { page } = await openConsole(emulator, { world: id, expected: /410/ })

  await expect
    .poll(async () => (await emulator.control.listWorlds()).map(world => world.id), { timeout: 20_000 })
    .not.toContain(id)
  await page.getByText(`What you see is the last state of ${id}`).waitFor()
  await page.reload()
  await page.getByRole('heading', { name: `There is no world ${id}` }).waitFor()
})
