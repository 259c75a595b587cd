import type { ConfigurationRecord, TunnelRecord } from '../../schemas/records.ts'
import type { ConfigSource } from '../../schemas/tunnel.ts'
import type { Database } from './database.ts'

interface ConfigurationRow {
  version: number
  source: ConfigSource
  config: string
  created_at: string
}

const COLUMNS = 'version, source, config, created_at'

export const configurationStore = (db: Database) => {
  const latest = db.prepare<[string, string], ConfigurationRow>(
    `SELECT ${COLUMNS} FROM configurations WHERE account_tag = ? AND tunnel_id = ? ORDER BY version DESC LIMIT 1`,
  )
  const insert = db.prepare<[object]>(
    `INSERT INTO configurations (account_tag, tunnel_id, ${COLUMNS})
     VALUES (@account_tag, @tunnel_id, @version, @source, @config, @created_at)`,
  )

  return {
    /** The version in force; undefined before the first. */
    latest: ({ account_tag, id }: TunnelRecord): ConfigurationRecord | undefined => {
      const row = latest.get(account_tag, id)
      return row && { ...row, config: JSON.parse(row.config) }
    },

    /** Adds a version; none is ever changed or removed. */
    insert: ({ account_tag, id }: TunnelRecord, { config, ...configuration }: ConfigurationRecord): void => {
      insert.run({ account_tag, tunnel_id: id, ...configuration, config: JSON.stringify(config) })
    },
  }
}
