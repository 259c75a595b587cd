/**
 * This folder contains SQL only: no status codes, clocks, tables or rules of Cloudflare.
 */
import SQLite from 'better-sqlite3'

/** How long a write waits for another program that writes to the file. */
export const BUSY_TIMEOUT_MS = 5_000

/** Of the second connection to a file. */
const CACHE_KIB = 400

/** One value for each `?`, or one object for all `@name`. */
type Parameter = string | number | bigint | Buffer | null | object

/** What can be read: a database, or a view of one. */
export interface Reader {
  /** The first row. */
  get<Row>(sql: string, ...parameters: Parameter[]): Row | undefined
  all<Row>(sql: string, ...parameters: Parameter[]): Row[]
  /** The first column of the first row. */
  value<Value>(sql: string, ...parameters: Parameter[]): Value | undefined
}

/** An open database. It compiles each statement once. */
export interface Database extends Reader {
  /** Writes, and returns the number of changed rows. */
  run(sql: string, ...parameters: Parameter[]): number
  /**
   * Runs `work`, which is synchronous, in a transaction that takes the write lock at once. Inside
   * another transaction it becomes part of that one.
   */
  transaction<T>(work: () => T): T
  /** Whether the data is lost when the process ends. */
  readonly isInMemory: boolean
  readonly isReadOnly: boolean
  /** Serializes all data; `openImage` opens it as another database. */
  image(): Buffer
  /**
   * Calls `work` before the next write, or before the database closes. Returns a function that
   * cancels the call.
   */
  beforeNextWrite(work: () => void): () => void
  /** Call this before another connection changes the data. Writes of this one do it themselves. */
  announceWrite(): void
  /** Opens the same file once more, for a transaction that stays open. */
  connectAgain(): Database
  /**
   * From now on, writes fail at once if another connection holds the write lock. Returns a function
   * that lets them wait again.
   */
  failOnLocks(): () => void
  /** Writes fail when the database would become larger. One that is larger already stays as it is. */
  limitSize(bytes: number): void
  close(): void
}

/**
 * Wraps a connection of better-sqlite3. `close` can do more than closing the connection.
 */
export function wrapConnection(connection: SQLite.Database, close = () => void connection.close()): Database {
  const withFileName = <T>(work: () => T): T => (connection.memory ? work() : nameFileInErrors(connection.name, work))
  /** Created on demand: it prepares nine statements, which a world without writes does not need. */
  let runTransaction: ((work: () => unknown) => unknown) | undefined
  const listeners = new Set<() => void>()
  const announceWrite = (): void => {
    for (const listener of listeners) listener()
    listeners.clear()
  }
  const rows = createStatements(sql => connection.prepare<Parameter[], unknown>(sql))
  const values = createStatements(sql => connection.prepare<Parameter[], unknown>(sql).pluck())

  return {
    get: <Row>(sql: string, ...parameters: Parameter[]) =>
      withFileName(() => rows(sql).get(...parameters) as Row | undefined),
    all: <Row>(sql: string, ...parameters: Parameter[]) => withFileName(() => rows(sql).all(...parameters) as Row[]),
    value: <Value>(sql: string, ...parameters: Parameter[]) =>
      withFileName(() => values(sql).get(...parameters) as Value | undefined),
    run: (sql, ...parameters) => {
      announceWrite()
      return withFileName(() => rows(sql).run(...parameters).changes)
    },
    transaction: <T>(work: () => T): T => {
      announceWrite()
      runTransaction ??= connection.transaction((inner: () => unknown) => inner()).immediate
      const run = runTransaction
      return withFileName(() => run(work) as T)
    },
    isInMemory: connection.memory,
    isReadOnly: connection.readonly,
    image: () => withoutWal(connection.serialize()),
    beforeNextWrite: work => {
      listeners.add(work)
      return () => void listeners.delete(work)
    },
    announceWrite,
    connectAgain: () => connectAgain(connection),
    failOnLocks: () => {
      connection.pragma('busy_timeout = 0')
      return () => void connection.pragma(`busy_timeout = ${BUSY_TIMEOUT_MS}`)
    },
    limitSize: bytes => {
      const page_size = Number(connection.pragma('page_size', { simple: true }))
      connection.pragma(`max_page_count = ${Math.ceil(bytes / page_size)}`)
    },
    close: () => {
      announceWrite()
      close()
    },
  }
}

/**
 * Without foreign keys, SQLite deletes all rows of a table at once. The records of a state refer to
 * each other correctly.
 */
function connectAgain(first: SQLite.Database): Database {
  const connection = new SQLite(first.name, { readonly: first.readonly, timeout: BUSY_TIMEOUT_MS })
  connection.pragma('foreign_keys = OFF')
  connection.pragma(`synchronous = ${first.pragma('synchronous', { simple: true })}`)
  connection.pragma(`max_page_count = ${first.pragma('max_page_count', { simple: true })}`)
  // So that the end of a long transaction is short: most pages are in the log by then, and the next
  // write of the first connection merges the log into the file.
  connection.pragma(`cache_size = -${CACHE_KIB}`)
  connection.pragma('wal_autocheckpoint = 0')
  return wrapConnection(connection)
}

function createStatements<Statement>(compile: (sql: string) => Statement): (sql: string) => Statement {
  const compiled = new Map<string, Statement>()
  return sql => {
    const known = compiled.get(sql)
    if (known) return known

    const statement = compile(sql)
    compiled.set(sql, statement)
    return statement
  }
}

/** Errors name the file, for the log and for users who start a server on it. */
function nameFileInErrors<T>(file: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    const prefix = `database ${file}: `
    if (error instanceof SQLite.SqliteError && !error.message.startsWith(prefix)) error.message = prefix + error.message
    throw error
  }
}

/**
 * Sets the two header bytes that select write-ahead logging to a rollback journal, because a
 * database in memory cannot have a log (SQLite file format).
 */
function withoutWal(image: Buffer): Buffer {
  return image.fill(1, 18, 20)
}
