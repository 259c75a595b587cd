/** The same world at the same time looks the same, so the pictures of the docs can be drawn again. */
import { describe, expect, it, onTestFinished } from 'vitest'
import { fillDemo, START, startDemo } from '../support/console/demo.ts'
import { DESK, PHONE, useBrowser } from '../support/console/open.ts'
import { differingPixels } from '../support/console/pictures.ts'
import { VIEWS } from '../support/console/views.ts'

const openConsole = useBrowser()

/** Of the pixels: Chromium smooths a corner now and then in another way. */
const TOLERATED_SHARE = 0.0001

describe.each([
  ['a desk', DESK, 'light'],
  ['a desk', DESK, 'dark'],
  ['a phone', PHONE, 'light'],
  ['a phone', PHONE, 'dark'],
] as const)('on %s', (_size, viewport, colorScheme) => {
  it(`every view drawn twice is the same picture, ${colorScheme}`, async () => {
    /** Texts such as commands have the port. */
    let port = 0
    const draw = async () => {
      const emulator = await startDemo({ port })
      onTestFinished(() => emulator.close())
      port = Number(new URL(emulator.url).port)
      await fillDemo(emulator)
      const { page, context, show } = await openConsole(emulator, { viewport, colorScheme, browserTime: START })
      const pictures: Buffer[] = []
      for (const { hash } of VIEWS) {
        await show(hash)
        pictures.push(await page.screenshot())
      }
      return { pictures, context, close: () => emulator.close() }
    }
    const first = await draw()
    await first.context.close()
    await first.close()
    const second = await draw()

    const differences: Record<string, number> = {}
    for (const [index, { name }] of VIEWS.entries()) {
      const [one = Buffer.of(), other = Buffer.of()] = [first.pictures[index], second.pictures[index]]
      const count = await differingPixels(second.context, one, other)
      if (count > viewport.width * viewport.height * TOLERATED_SHARE) differences[name] = count
    }
    expect(differences).toEqual({})
  })
})
