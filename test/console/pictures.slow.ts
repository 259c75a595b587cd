/** The same world at the same time looks the same, so the pictures of the docs can be drawn again. */
import { describe, expect, it, onTestFinished } from 'vitest'
import { fillDemo, startDemo } from '../support/console/demo.ts'
import { DESK, PHONE, useBrowser } from '../support/console/open.ts'
import { VIEWS } from '../support/console/views.ts'

const openConsole = useBrowser()

describe.each([
  ['a desk', DESK, 'light'],
  ['a desk', DESK, 'dark'],
  ['a phone', PHONE, 'light'],
  ['a phone', PHONE, 'dark'],
] as const)('on %s', (_size, viewport, colorScheme) => {
  it(`every view drawn twice is the same picture, ${colorScheme}`, async () => {
    /** Texts such as commands have the port. */
    let port = 0
    const draw = async (): Promise<Map<string, Buffer>> => {
      const emulator = await startDemo({ port })
      onTestFinished(() => emulator.close())
      port = Number(new URL(emulator.url).port)
      await fillDemo(emulator)
      const { page, context, show } = await openConsole(emulator, { viewport, colorScheme })
      const pictures = new Map<string, Buffer>()
      for (const { name, hash } of VIEWS) {
        await show(hash)
        pictures.set(name, await page.screenshot())
      }
      await context.close()
      await emulator.close()
      return pictures
    }
    const first = await draw()
    const second = await draw()

    expect(VIEWS.map(({ name }) => name).filter(name => !second.get(name)?.equals(first.get(name) as Buffer))).toEqual(
      [],
    )
  })
})
