import type { ConfigurationRecord, TunnelRecord } from '../../../schemas/records.ts'
import type { ConfigSource } from '../../../schemas/tunnel.ts'
import { boundParameter } from '../../store/bound-parameter.ts'
import type { Database, Reader } from '../../store/database.ts'

interface ConfigurationRow {
  version: number
  source: ConfigSource
  config: string
  created_at: string
  author: string
}

const COLUMNS = 'version, source, config, created_at, author'
const OF_TUNNEL = `WHERE account_tag = ${boundParameter('?')} AND tunnel_id = ${boundParameter('?')}`

const SELECT_LATEST = `SELECT ${COLUMNS} FROM configurations ${OF_TUNNEL} ORDER BY version DESC LIMIT 1`
const SELECT_VERSION = `SELECT max(version) FROM configurations ${OF_TUNNEL}`
const SELECT_ALL = `SELECT ${COLUMNS} FROM configurations ${OF_TUNNEL} ORDER BY version`
const INSERT = `INSERT INTO configurations (account_tag, tunnel_id, ${COLUMNS})
  VALUES (@account_tag, @tunnel_id, @version, @source, @config, @created_at, @author)`

/** Returns the latest version; undefined before the first. */
export function latestConfiguration(db: Reader, { account_tag, id }: TunnelRecord): ConfigurationRecord | undefined {
  const row = db.get<ConfigurationRow>(SELECT_LATEST, account_tag, id)
  return row && recordOf(row)
}

/** Returns the number of the latest version; undefined before the first. */
export function latestVersion(db: Database, { account_tag, id }: TunnelRecord): number | undefined {
  return db.value<number | null>(SELECT_VERSION, account_tag, id) ?? undefined
}

/** Returns all versions, oldest first. */
export function configurationHistory(db: Reader, { account_tag, id }: TunnelRecord): readonly ConfigurationRecord[] {
  return db.all<ConfigurationRow>(SELECT_ALL, account_tag, id).map(recordOf)
}

/** Versions are never changed or removed. */
export function insertConfiguration(
  db: Database,
  { account_tag, id }: TunnelRecord,
  configuration: ConfigurationRecord,
): void {
  const { config, ...columns } = configuration
  db.run(INSERT, { account_tag, tunnel_id: id, ...columns, config: JSON.stringify(config) })
}

function recordOf(row: ConfigurationRow): ConfigurationRecord {
  return { ...row, config: JSON.parse(row.config) }
}
