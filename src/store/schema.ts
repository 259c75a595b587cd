/** The tables that a database has. They belong to the resources, so the folder `store` is told of them. */
export interface Schema {
  /** Entry n takes a database from version n to n + 1. */
  readonly migrations: readonly string[]
  /** Tables that every version has. A file without them belongs to another program. */
  readonly tables: readonly string[]
}
