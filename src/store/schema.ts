/** The tables of a database. Resources define them; `store` does not know them. */
export interface Schema {
  /** Entry n takes a database from version n to n + 1; SQLite's `user_version` counts them. */
  readonly migrations: readonly string[]
  /** Tables of every version. A file without them belongs to another program. */
  readonly tables: readonly string[]
  /** Resources added later. Table `resource_versions` has the version of each. */
  readonly additions: readonly Addition[]
}

export interface Addition {
  readonly name: string
  /** Entry n takes its tables from version n to n + 1. */
  readonly migrations: readonly string[]
}
