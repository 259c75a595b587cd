import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ACCOUNT } from '../support/emulator.ts'
import { run, temporaryFolder } from '../support/run-command.ts'

const blog = { account_tag: ACCOUNT, name: 'blog' }

describe('seed check', () => {
  const files = () =>
    temporaryFolder({
      'good.json': { tunnels: [blog] },
      'key.json': { tunnels: [{ ...blog, colour: 'red' }] },
      'clash.json': { tunnels: [blog, blog] },
      'text.json': '{',
    })

  it('succeeds on a valid file and a bundled seed', async () => {
    const folder = files()

    expect(await run(['seed', 'check', join(folder, 'good.json'), 'demo'])).toEqual({
      code: 0,
      stdout: `${join(folder, 'good.json')}: valid\ndemo: valid`,
      stderr: '',
    })
  })

  it.each([
    ['key.json', 'tunnels[0]: unknown field "colour"; there are "id"'],
    ['clash.json', 'tunnels[1].name: another live tunnel is named "blog"'],
    ['text.json', "Expected property name or '}' in JSON at position 1"],
    ['nosuch.json', 'there is no such file; bundled seeds are docs, demo, every-status'],
  ])('names the file and the place of the error in %s', async (name, reason) => {
    const file = join(files(), name)
    const { code, stdout } = await run(['seed', 'check', file])

    expect(code).toBe(1)
    expect(stdout).toContain(`seed ${file}: ${reason}`)
  })

  it('checks every seed on its own, also after an invalid one', async () => {
    const folder = files()
    const names = ['good.json', 'clash.json', 'good.json'].map(name => join(folder, name))
    const { code, stdout } = await run(['seed', 'check', ...names, '--json'])

    expect(code).toBe(1)
    expect(JSON.parse(stdout)).toMatchObject([
      { seed: names[0], ok: true, problem: null },
      { seed: names[1], ok: false, problem: expect.stringContaining('tunnels[1].name') },
      { seed: names[2], ok: true },
    ])
  })
})
