/** Views, drafts and copies of databases. */
import { describe, expect, it, onTestFinished } from 'vitest'
import { copyRows } from '../../src/store/copy-rows.ts'
import type { Database } from '../../src/store/database.ts'
import { draftInFile, draftInMemory } from '../../src/store/draft.ts'
import { openDatabase } from '../../src/store/open.ts'
import { viewOf } from '../../src/store/view.ts'
import { temporary } from '../support/command.ts'

const SCHEMA = {
  migrations: [
    `CREATE TABLE notes (text TEXT NOT NULL);
     CREATE TABLE words (word TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;`,
  ],
  tables: ['notes', 'words'],
  additions: [],
}

function open(file = ':memory:') {
  const db = openDatabase(file, SCHEMA)
  onTestFinished(() => db.close())
  return db
}

const insert = (db: Database, text: string) => db.run('INSERT INTO notes (text) VALUES (?)', text)
const texts = (db: Pick<Database, 'all'>) => db.all<{ text: string }>('SELECT text FROM notes').map(({ text }) => text)

describe.each([
  ['in memory', () => undefined],
  ['in a file', () => temporary('data.db')],
])('a view of a database %s', (_where, file) => {
  it.each<[string, (db: Database) => unknown]>([
    ['a write', db => insert(db, 'b')],
    ['a transaction', db => db.transaction(() => insert(db, 'b'))],
    ['closing the database', db => db.close()],
  ])('does not change with %s', (_what, change) => {
    const db = open(file())
    insert(db, 'a')
    const [view, other] = [viewOf(db), viewOf(db)]
    change(db)

    for (const one of [view, other]) {
      expect([texts(one), one.value('SELECT count(*) FROM notes'), one.get('SELECT text FROM notes')]).toEqual([
        ['a'],
        1,
        { text: 'a' },
      ])
      one.release()
      one.release()
    }
  })

  it('copies nothing if it is released before a write', () => {
    const db = open(file())
    viewOf(db).release()
    db.image = () => {
      throw new Error('a copy')
    }

    expect(insert(db, 'a')).toBe(1)
  })
})

describe('a draft in memory', () => {
  it('becomes a database of its own', () => {
    const { db, target, commit } = draftInMemory(SCHEMA)
    insert(db, 'a')
    commit()

    expect([target === db, texts(target)]).toEqual([true, ['a']])
    target.close()
  })
})

describe('a draft in a file', () => {
  const start = () => {
    const db = open(temporary('data.db'))
    insert(db, 'old')
    const draft = draftInFile(db)
    draft.db.run('DELETE FROM notes')
    insert(draft.db, 'new')
    return { db, draft }
  }

  it('is seen by nobody before it is committed', () => {
    const { db, draft } = start()
    expect(texts(db)).toEqual(['old'])
    draft.commit()

    expect([draft.target === db, texts(db)]).toEqual([true, ['new']])
    expect(insert(db, 'later')).toBe(1)
  })

  it('does not change a view when it is committed', () => {
    const { db, draft } = start()
    const view = viewOf(db)
    draft.commit()

    expect([texts(view), texts(db)]).toEqual([['old'], ['new']])
    view.release()
  })

  it('leaves the old data if it is discarded', () => {
    const { db, draft } = start()
    draft.discard()

    expect([insert(db, 'later'), texts(db)]).toEqual([1, ['old', 'later']])
  })

  it('makes other writes fail at once', () => {
    const { db, draft } = start()

    expect(() => insert(db, 'lost')).toThrow(expect.objectContaining({ code: 'SQLITE_BUSY' }))
    expect(() => draftInFile(db)).toThrow(expect.objectContaining({ code: 'SQLITE_BUSY' }))
    draft.discard()
  })
})

describe('copyRows', () => {
  it('copies tables with and without row ids, and keeps the ids', () => {
    const [from, to] = [open(), open()]
    for (let count = 0; count < 1_000; count += 1) insert(from, `note ${count}`)
    from.run('DELETE FROM notes WHERE rowid % 3 = 0')
    from.run("INSERT INTO words VALUES ('b'), ('a')")
    const pieces = [...copyRows(from, to, ['notes', 'words'])]

    for (const query of ['SELECT rowid, * FROM notes', 'SELECT * FROM words']) {
      expect(to.all(query)).toEqual(from.all(query))
    }
    expect(pieces).toHaveLength(669)
  })
})
