import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { installedIn } from '../../bench/installed.ts'

it('counts the packages of an install, nested ones too, and the bytes of their files', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mockflared-installed-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const [a, b] = ['node_modules/a', 'node_modules/a/node_modules/b']
  mkdirSync(join(folder, b), { recursive: true })
  writeFileSync(join(folder, a, 'index.js'), '12345')
  writeFileSync(join(folder, b, 'index.js'), '123')
  const lock = JSON.stringify({ packages: { [a]: {}, [b]: {} } })
  writeFileSync(join(folder, 'node_modules/.package-lock.json'), lock)

  expect(installedIn(folder)).toEqual({ packages: 2, bytes: 5 + 3 + lock.length })
})
