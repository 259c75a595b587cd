/**
 * SQL and nothing else: no status code, no clock, no table and no rule of Cloudflare is known in
 * this folder.
 */
import SQLite from 'better-sqlite3'

/** One value for each `?`, or one object for all `@name`. */
type Parameter = string | number | bigint | Buffer | null | object

/** A database that is open. Each statement is compiled when it is first needed, and then kept. */
export interface Database {
  /** The first row. */
  get<Row>(sql: string, ...parameters: Parameter[]): Row | undefined
  all<Row>(sql: string, ...parameters: Parameter[]): Row[]
  /** The first column of the first row. */
  value<Value>(sql: string, ...parameters: Parameter[]): Value | undefined
  /** Writes; returns the number of rows that changed. */
  run(sql: string, ...parameters: Parameter[]): number
  /**
   * Does `work` whole or not at all, with the lock for writing from the start. Inside another
   * transaction it becomes part of that one. `work` is synchronous.
   */
  transaction<T>(work: () => T): T
  /** Whether its data ends with the process. */
  readonly isInMemory: boolean
  readonly isReadOnly: boolean
  /** All data at this moment; `openImage` makes another database of it. */
  image(): Buffer
  close(): void
}

/**
 * Wraps a connection of better-sqlite3. `close` replaces the plain closing of a file that needs
 * more.
 */
export function wrapConnection(connection: SQLite.Database, close = () => void connection.close()): Database {
  const namingFile = <T>(work: () => T): T => (connection.memory ? work() : namingIn(connection.name, work))
  /** To prepare it takes nine statements, and worlds that are only read need none of them. */
  let runWhole: ((work: () => unknown) => unknown) | undefined
  const rows = createStatements(sql => connection.prepare<Parameter[], unknown>(sql))
  const values = createStatements(sql => connection.prepare<Parameter[], unknown>(sql).pluck())

  return {
    get: <Row>(sql: string, ...parameters: Parameter[]) =>
      namingFile(() => rows(sql).get(...parameters) as Row | undefined),
    all: <Row>(sql: string, ...parameters: Parameter[]) => namingFile(() => rows(sql).all(...parameters) as Row[]),
    value: <Value>(sql: string, ...parameters: Parameter[]) =>
      namingFile(() => values(sql).get(...parameters) as Value | undefined),
    run: (sql, ...parameters) => namingFile(() => rows(sql).run(...parameters).changes),
    transaction: <T>(work: () => T): T => {
      runWhole ??= connection.transaction((inner: () => unknown) => inner()).immediate
      const run = runWhole
      return namingFile(() => run(work) as T)
    },
    isInMemory: connection.memory,
    isReadOnly: connection.readonly,
    image: () => withoutLog(connection.serialize()),
    close,
  }
}

/** Statements by their text. */
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

/** Errors go to the log and to the person who starts a server on the file, so they name it. */
function namingIn<T>(file: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    const prefix = `database ${file}: `
    if (error instanceof SQLite.SqliteError && !error.message.startsWith(prefix)) error.message = prefix + error.message
    throw error
  }
}

/**
 * Two bytes of the header say that there is a write-ahead log, which a database in memory cannot
 * have (SQLite file format).
 */
function withoutLog(image: Buffer): Buffer {
  return image.fill(1, 18, 20)
}
