import type { Database, Reader } from './database.ts'

const ROWS_PER_QUERY = 200

type Row = Readonly<Record<string, string | number | null>>

/** Copies all rows of tables, with their row ids. Yields after each row. */
export function* copyRows(from: Reader, to: Database, tables: readonly string[]): Generator<void, void> {
  for (const table of tables) {
    const insert = insertInto(table, from)
    for (const row of hasRowIds(table, from) ? rowsById(table, from) : from.all<Row>(`SELECT * FROM ${table}`)) {
      to.run(insert, row)
      yield
    }
  }
}

function* rowsById(table: string, from: Reader): Generator<Row> {
  const select = `SELECT rowid, * FROM ${table} WHERE rowid > ? ORDER BY rowid LIMIT ${ROWS_PER_QUERY}`
  let rows = from.all<Row>(select, 0)
  while (rows.length > 0) {
    yield* rows
    rows = from.all<Row>(select, rows.at(-1)?.rowid ?? 0)
  }
}

function insertInto(table: string, from: Reader): string {
  const columns = from.all<{ name: string }>('SELECT name FROM pragma_table_info(?)', table).map(({ name }) => name)
  const all = hasRowIds(table, from) ? ['rowid', ...columns] : columns
  return `INSERT INTO ${table} (${all.join(', ')}) VALUES (${all.map(name => `@${name}`).join(', ')})`
}

function hasRowIds(table: string, from: Reader): boolean {
  return from.value<0 | 1>('SELECT wr FROM pragma_table_list WHERE name = ?', table) === 0
}
