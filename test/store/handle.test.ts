import { describe, expect, it, onTestFinished } from 'vitest'
import { openImage } from '../../src/store/memory.ts'
import { openDatabase } from '../../src/store/open.ts'
import { temporary } from '../support/command.ts'

const SCHEMA = {
  migrations: ['CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT NOT NULL)'],
  tables: ['notes'],
  additions: [],
}

function open(file = ':memory:') {
  const db = openDatabase(file, SCHEMA)
  onTestFinished(() => db.close())
  const insert = (text: string | null) => db.run('INSERT INTO notes (text) VALUES (?)', text)
  const texts = () => db.all<{ text: string }>('SELECT text FROM notes ORDER BY id').map(({ text }) => text)
  return { db, insert, texts }
}

describe('a database handle', () => {
  it('reads rows and values with positional and named parameters, and counts written rows', () => {
    const { db, insert } = open()
    expect([insert('a'), insert('b'), db.run('UPDATE notes SET text = text || ?', '!')]).toEqual([1, 1, 2])

    const [byPosition, byName] = ['SELECT text FROM notes WHERE id = ?', 'SELECT text FROM notes WHERE id = @id']
    expect([db.get(byPosition, 1), db.get(byName, { id: 2 })]).toEqual([{ text: 'a!' }, { text: 'b!' }])
    expect([db.value(byPosition, 1), db.get(byPosition, 3), db.value(byPosition, 3)]).toEqual([
      'a!',
      undefined,
      undefined,
    ])
    expect(db.all('SELECT id FROM notes')).toEqual([{ id: 1 }, { id: 2 }])
  })

  it('copies all data to an independent database in memory', () => {
    const { db, insert, texts } = open(temporary('data.db'))
    insert('a')
    const copy = openImage(db.image())
    copy.run('DELETE FROM notes')

    expect([db.isInMemory, copy.isInMemory]).toEqual([false, true])
    expect([texts(), copy.all('SELECT * FROM notes')]).toEqual([['a'], []])
    copy.close()
  })

  it('names its file once in an error', () => {
    const file = temporary('data.db')
    const { db, insert } = open(file)
    const message = `database ${file}: NOT NULL constraint failed: notes.text`

    expect(() => insert(null)).toThrow(expect.objectContaining({ message: message }))
    expect(() => db.transaction(() => insert(null))).toThrow(expect.objectContaining({ message: message }))
    expect(() => open().insert(null)).toThrow(
      expect.objectContaining({ message: 'NOT NULL constraint failed: notes.text' }),
    )
  })
})

describe('a transaction', () => {
  it('rolls back if it fails and returns its result otherwise', () => {
    const { db, insert, texts } = open()
    const fail = () =>
      db.transaction(() => {
        insert('a')
        throw new Error('no')
      })

    expect(fail).toThrow('no')
    expect(db.transaction(() => insert('b'))).toBe(1)
    expect(texts()).toEqual(['b'])
  })

  it('inside another transaction becomes part of it', () => {
    const { db, insert, texts } = open()
    const fail = () =>
      db.transaction(() => {
        insert('a')
        db.transaction(() => insert('b'))
        throw new Error('no')
      })

    expect(fail).toThrow('no')
    expect(texts()).toEqual([])
  })
})
