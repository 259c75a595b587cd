import type { ConfigurationRecord, Moment, TunnelRecord } from '../../../schemas/records.ts'
import type { ConfigSource } from '../../../schemas/tunnel.ts'
import { boundParameter } from '../../store/bound-parameter.ts'
import type { Database, Reader } from '../../store/database.ts'
import { IS_TRACKED } from '../connections/store.ts'

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

/** A connector that is connected, or may be again, runs its version. */
const IS_IN_USE = `EXISTS (SELECT 1 FROM connectors r WHERE r.account_tag = v.account_tag AND r.tunnel_id = v.tunnel_id
  AND r.config_version = v.version AND EXISTS (SELECT 1 FROM connections WHERE account_tag = r.account_tag
    AND tunnel_id = r.tunnel_id AND client_id = r.id AND ${IS_TRACKED}))`
const REMOVE_OLD = `DELETE FROM configurations AS v
  WHERE account_tag = @account_tag AND tunnel_id = @tunnel_id AND version <= (
    SELECT version FROM configurations WHERE account_tag = @account_tag AND tunnel_id = @tunnel_id
    ORDER BY version DESC LIMIT 1 OFFSET @keep)
  AND NOT ${IS_IN_USE}`

/** Returns the latest version; undefined before the first. */
export function latestConfiguration(db: Reader, { account_tag, id }: TunnelRecord): ConfigurationRecord | undefined {
  const row = db.get<ConfigurationRow>(SELECT_LATEST, account_tag, id)
  return row && recordOf(row)
}

/** Returns the number of the latest version; undefined before the first. */
export function latestVersion(db: Database, { account_tag, id }: TunnelRecord): number | undefined {
  return db.value<number | null>(SELECT_VERSION, account_tag, id) ?? undefined
}

/** Returns all versions that are kept, oldest first. */
export function configurationHistory(db: Reader, { account_tag, id }: TunnelRecord): readonly ConfigurationRecord[] {
  return db.all<ConfigurationRow>(SELECT_ALL, account_tag, id).map(recordOf)
}

/** Versions are never changed. */
export function insertConfiguration(
  db: Database,
  { account_tag, id }: TunnelRecord,
  configuration: ConfigurationRecord,
): void {
  const { config, ...columns } = configuration
  db.run(INSERT, { account_tag, tunnel_id: id, ...columns, config: JSON.stringify(config) })
}

/** Keeps the latest versions, as many as `keep`, and those that connectors run. */
export function removeOldConfigurations(
  db: Database,
  { account_tag, id }: TunnelRecord,
  keep: number,
  { tracked_since }: Moment,
): void {
  db.run(REMOVE_OLD, { account_tag, tunnel_id: id, keep, tracked_since })
}

function recordOf(row: ConfigurationRow): ConfigurationRecord {
  return { ...row, config: JSON.parse(row.config) }
}
