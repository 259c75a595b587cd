import type { ConfigurationRecord, TunnelRecord } from '../../../schemas/records.ts'
import type { ConfigSource } from '../../../schemas/tunnel.ts'
import type { Database } from '../../store/database.ts'
import { given, statement, valueStatement } from '../../store/statement.ts'

interface ConfigurationRow {
  version: number
  source: ConfigSource
  config: string
  created_at: string
  author: string
}

const COLUMNS = 'version, source, config, created_at, author'
const OF_TUNNEL = `WHERE account_tag = ${given('?')} AND tunnel_id = ${given('?')}`

export function configurationStore(db: Database) {
  const latest = statement<[string, string], ConfigurationRow>(
    db,
    `SELECT ${COLUMNS} FROM configurations ${OF_TUNNEL} ORDER BY version DESC LIMIT 1`,
  )
  const version = valueStatement<[string, string], number | null>(
    db,
    `SELECT max(version) FROM configurations ${OF_TUNNEL}`,
  )
  const all = statement<[string, string], ConfigurationRow>(
    db,
    `SELECT ${COLUMNS} FROM configurations ${OF_TUNNEL} ORDER BY version`,
  )
  const insert = statement<[object]>(
    db,
    `INSERT INTO configurations (account_tag, tunnel_id, ${COLUMNS})
     VALUES (@account_tag, @tunnel_id, @version, @source, @config, @created_at, @author)`,
  )

  return {
    /** The version in force; undefined before the first. */
    latest: ({ account_tag, id }: TunnelRecord): ConfigurationRecord | undefined => {
      const row = latest.get(account_tag, id)
      return row && recordOf(row)
    },

    /** The number of the version in force; 0 before the first. */
    version: ({ account_tag, id }: TunnelRecord): number => version.get(account_tag, id) ?? 0,

    /** Every version there ever was, oldest first. */
    all: ({ account_tag, id }: TunnelRecord): readonly ConfigurationRecord[] => all.all(account_tag, id).map(recordOf),

    /** Adds a version; none is ever changed or removed. */
    insert: ({ account_tag, id }: TunnelRecord, { config, ...configuration }: ConfigurationRecord): void => {
      insert.run({ account_tag, tunnel_id: id, ...configuration, config: JSON.stringify(config) })
    },
  }
}

function recordOf(row: ConfigurationRow): ConfigurationRecord {
  return { ...row, config: JSON.parse(row.config) }
}
