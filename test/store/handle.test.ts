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
  it('reads rows and values, by place and by name, and says how many rows it wrote', () => {
    const { db, insert } = open()
    expect([insert('a'), insert('b'), db.run('UPDATE notes SET text = text || ?', '!')]).toEqual([1, 1, 2])

    const [byPlace, byName] = ['SELECT text FROM notes WHERE id = ?', 'SELECT text FROM notes WHERE id = @id']
    expect([db.get(byPlace, 1), db.get(byName, { id: 2 })]).toEqual([{ text: 'a!' }, { text: 'b!' }])
    expect([db.value(byPlace, 1), db.get(byPlace, 3), db.value(byPlace, 3)]).toEqual(['a!', undefined, undefined])
    expect(db.all('SELECT id FROM notes')).toEqual([{ id: 1 }, { id: 2 }])
  })

  it('copies all data to a database in memory that goes its own way', () => {
    const { db, insert, texts } = open(temporary('data.db'))
    insert('a')
    const copy = openImage(db.image())
    copy.run('DELETE FROM notes')

    expect([db.isInMemory, copy.isInMemory]).toEqual([false, true])
    expect([texts(), copy.all('SELECT * FROM notes')]).toEqual([['a'], []])
    copy.close()
  })

  it('names its file in an error, once', () => {
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
  it('that fails leaves nothing behind, and one that does not returns its result', () => {
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

  it('inside another one is part of it', () => {
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
