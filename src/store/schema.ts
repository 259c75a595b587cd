/** The tables of a database. They belong to the resources, so `store` is told about them. */
export interface Schema {
  /** Entry n takes a database from version n to n + 1; SQLite's `user_version` counts them. */
  readonly migrations: readonly string[]
  /** Tables that every version has. A file without them belongs to another program. */
  readonly tables: readonly string[]
  /** Resources that came later. Each counts its own steps, in the table `resource_versions`. */
  readonly additions: readonly Addition[]
}

export interface Addition {
  readonly name: string
  /** Entry n takes its tables from version n to n + 1. */
  readonly migrations: readonly string[]
}
