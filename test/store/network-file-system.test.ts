import { describe, expect, it } from 'vitest'
import { warnAboutNetwork } from '../../src/emulator/storage.ts'
import { temporaryFolder } from '../support/temporary.ts'

function warningsOn(type?: number): readonly string[] {
  const lines: string[] = []
  warnAboutNetwork('data/', temporaryFolder(), line => lines.push(line), type === undefined ? undefined : () => type)
  return lines
}

describe('a database on a network file system', () => {
  it.each([
    [0x6969, 'NFS'],
    [0xff534d42, 'CIFS'],
    [0x01021997, '9p'],
    [0x65735546, 'FUSE'],
  ])('of type %d is warned about in one line', (type, kind) => {
    expect(warningsOn(type)).toEqual([
      `database data/ is on ${kind}, where SQLite can lose data and two servers can use it at once: use a local disk`,
    ])
  })

  it.each([
    ['ext4', 0xef53],
    ['the temporary folder of this machine', undefined],
  ])('is none on %s', (_name, type) => {
    expect(warningsOn(type)).toEqual([])
  })
})
