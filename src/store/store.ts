import { accessStore } from './access.ts'
import { configurationStore } from './configurations.ts'
import { connectorStore } from './connectors.ts'
import { openDatabase } from './database.ts'
import { tunnelStore } from './tunnels.ts'

/** All that a world knows, on one SQLite database. Throws like `openDatabase`. */
export const openStore = (file: string) => {
  const db = openDatabase(file)
  return {
    access: accessStore(db),
    tunnels: tunnelStore(db),
    configurations: configurationStore(db),
    connectors: connectorStore(db),

    /** Runs `write` whole or not at all. It is synchronous: there is nothing to await inside. */
    transaction: <T>(write: () => T): T => db.transaction(write).immediate(),

    /** True while nothing was ever put in. */
    isEmpty: (): boolean =>
      ['accounts', 'credentials', 'tunnels'].every(table => !db.prepare(`SELECT 1 FROM ${table} LIMIT 1`).get()),

    close: (): void => {
      db.close()
    },
  }
}

export type Store = ReturnType<typeof openStore>
