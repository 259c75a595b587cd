/** Names that attack the page, or that only do not fit. */
import { describe, expect, it, onTestFinished } from 'vitest'
import { ACCOUNT, startDemo } from '../support/console/demo.ts'
import { evaluate } from '../support/console/evaluate.ts'
import { sidewaysScrollers } from '../support/console/layout.ts'
import { DESK, PHONE, useBrowser } from '../support/console/open.ts'
import { NO_SUCH_OBJECT, VIEWS } from '../support/console/views.ts'

const openConsole = useBrowser()

const MARKUP = '<img src=x onerror="document.title=\'owned\'">'
const NAMES = [
  MARKUP,
  'a\u202egnp.exe',
  'x'.repeat(100),
  '"><script>document.title=1</script>',
  'javascript:alert(1)',
  ' ',
]

describe.each([
  ['a desk', DESK],
  ['a phone', PHONE],
])('on %s', (_size, viewport) => {
  it('every view shows them as text, and fits', async () => {
    const tunnels = NAMES.map((name, index) => ({
      name,
      account_tag: ACCOUNT,
      id: `d0000000-0000-4000-8000-0000000000f${index}`,
    }))
    const emulator = await startDemo({ seed: ['demo', { tunnels }] })
    onTestFinished(() => emulator.close())
    const { page, show } = await openConsole(emulator, { viewport, expected: NO_SUCH_OBJECT })
    expect(await page.locator('main').textContent()).toContain(MARKUP)

    const tunnelViews = tunnels.map(({ id }) => ({ name: 'tunnel', hash: `#/tunnels/${id}` }))
    for (const { hash } of [...VIEWS, ...tunnelViews]) {
      await show(hash)
      expect(await sidewaysScrollers(page)).toEqual([])
      expect(await evaluate(page, `document.querySelectorAll('img, script[src="x"]').length`)).toBe(0)
      expect(await page.title()).toMatch(/mockflared$/)
    }
  })

  it('signs that turn the direction of text are visible', async () => {
    const seed = [{ tunnels: [{ name: 'a\u202egnp.exe', account_tag: ACCOUNT }] }]
    const emulator = await startDemo({ seed })
    onTestFinished(() => emulator.close())
    const { page } = await openConsole(emulator, { viewport })
    const text = await page.locator('main').textContent()

    expect(text).toContain('gnp.exe')
    expect(text).not.toContain('\u202e')
  })
})
