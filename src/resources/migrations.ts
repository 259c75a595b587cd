/**
 * Used by step 3. Selects two values from the open connections of a tunnel: the lowest number of
 * live ones that a connector has, and the latest `lost_at`.
 */
function connectedSummary(row: string, id = 'tunnel_id'): string {
  return `
  SELECT ifnull((SELECT min(live) FROM (
      SELECT count(*) AS live FROM connections c
        WHERE c.account_tag = ${row}.account_tag AND c.tunnel_id = ${row}.${id} AND c.closed_at IS NULL AND c.lost_at IS NULL
        GROUP BY c.client_id)), 0),
    (SELECT max(c.lost_at) FROM connections c
      WHERE c.account_tag = ${row}.account_tag AND c.tunnel_id = ${row}.${id} AND c.closed_at IS NULL)`
}

/**
 * Entry n takes a database from version n to n + 1. Entries are added but never changed.
 */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE accounts (
    id TEXT PRIMARY KEY,
    name TEXT
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE credentials (
    token TEXT,
    email TEXT,
    key TEXT,
    service_key TEXT,
    accounts TEXT,
    permissions TEXT NOT NULL
  ) STRICT;

  CREATE TABLE tunnels (
    account_tag TEXT NOT NULL,
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    config_src TEXT NOT NULL CHECK (config_src IN ('local', 'cloudflare')),
    tunnel_secret TEXT NOT NULL,
    metadata TEXT NOT NULL,
    created_at TEXT NOT NULL,
    deleted_at TEXT,
    conns_active_at TEXT,
    conns_inactive_at TEXT,
    PRIMARY KEY (account_tag, id)
  ) STRICT;
  CREATE UNIQUE INDEX live_names ON tunnels (account_tag, name) WHERE deleted_at IS NULL;
  CREATE INDEX newest_first ON tunnels (account_tag, created_at DESC, id DESC);

  CREATE TABLE configurations (
    account_tag TEXT NOT NULL,
    tunnel_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    source TEXT NOT NULL CHECK (source IN ('local', 'cloudflare')),
    config TEXT NOT NULL,
    created_at TEXT NOT NULL,
    author TEXT NOT NULL,
    PRIMARY KEY (account_tag, tunnel_id, version),
    FOREIGN KEY (account_tag, tunnel_id) REFERENCES tunnels
  ) STRICT;

  CREATE TABLE connectors (
    account_tag TEXT NOT NULL,
    tunnel_id TEXT NOT NULL,
    id TEXT NOT NULL,
    version TEXT NOT NULL,
    arch TEXT NOT NULL,
    features TEXT NOT NULL,
    run_at TEXT NOT NULL,
    config_version INTEGER,
    colos TEXT NOT NULL,
    origin_ip TEXT NOT NULL,
    tunnel_secret TEXT NOT NULL,
    reconnects INTEGER NOT NULL,
    config_delay_ms INTEGER,
    PRIMARY KEY (account_tag, tunnel_id, id),
    FOREIGN KEY (account_tag, tunnel_id) REFERENCES tunnels
  ) STRICT;

  CREATE TABLE connections (
    account_tag TEXT NOT NULL,
    tunnel_id TEXT NOT NULL,
    client_id TEXT NOT NULL,
    id TEXT NOT NULL,
    colo_name TEXT NOT NULL,
    origin_ip TEXT NOT NULL,
    opened_at TEXT NOT NULL,
    lost_at TEXT,
    closed_at TEXT,
    PRIMARY KEY (account_tag, tunnel_id, client_id, id),
    FOREIGN KEY (account_tag, tunnel_id, client_id) REFERENCES connectors
  ) STRICT;
  CREATE INDEX open_connections ON connections (account_tag, tunnel_id, client_id, lost_at) WHERE closed_at IS NULL;
  `,
  `
  CREATE TABLE lifetime (
    alive_at TEXT NOT NULL
  ) STRICT;
  `,
  // Triggers stored a summary of the connections with each tunnel, and counted the tunnels of each
  // kind. Step 6 removes most of it.
  `
  ALTER TABLE tunnels ADD COLUMN fewest_live INTEGER NOT NULL DEFAULT -1;
  ALTER TABLE tunnels ADD COLUMN lost_at TEXT;

  CREATE TABLE tallies (
    account_tag TEXT NOT NULL,
    deleted INTEGER NOT NULL,
    fewest_live INTEGER NOT NULL,
    tunnels INTEGER NOT NULL,
    PRIMARY KEY (account_tag, deleted, fewest_live)
  ) STRICT, WITHOUT ROWID;

  CREATE TRIGGER tunnel_inserted AFTER INSERT ON tunnels BEGIN
    INSERT INTO tallies VALUES (NEW.account_tag, NEW.deleted_at IS NOT NULL, NEW.fewest_live, 1)
      ON CONFLICT DO UPDATE SET tunnels = tunnels + 1;
  END;
  CREATE TRIGGER tunnel_moved AFTER UPDATE OF deleted_at, fewest_live ON tunnels
    WHEN OLD.fewest_live <> NEW.fewest_live OR (OLD.deleted_at IS NULL) <> (NEW.deleted_at IS NULL)
  BEGIN
    UPDATE tallies SET tunnels = tunnels - 1
      WHERE account_tag = OLD.account_tag AND deleted = (OLD.deleted_at IS NOT NULL) AND fewest_live = OLD.fewest_live;
    INSERT INTO tallies VALUES (NEW.account_tag, NEW.deleted_at IS NOT NULL, NEW.fewest_live, 1)
      ON CONFLICT DO UPDATE SET tunnels = tunnels + 1;
  END;
  CREATE TRIGGER tunnel_removed AFTER DELETE ON tunnels BEGIN
    UPDATE tallies SET tunnels = tunnels - 1
      WHERE account_tag = OLD.account_tag AND deleted = (OLD.deleted_at IS NOT NULL) AND fewest_live = OLD.fewest_live;
  END;

  CREATE TRIGGER connection_opened AFTER INSERT ON connections BEGIN
    UPDATE tunnels SET (fewest_live, lost_at) = (${connectedSummary('NEW')})
      WHERE account_tag = NEW.account_tag AND id = NEW.tunnel_id;
  END;
  CREATE TRIGGER connection_ended AFTER UPDATE OF lost_at, closed_at ON connections BEGIN
    UPDATE tunnels SET (fewest_live, lost_at) = (${connectedSummary('NEW')})
      WHERE account_tag = NEW.account_tag AND id = NEW.tunnel_id;
  END;

  INSERT INTO tallies SELECT account_tag, deleted_at IS NOT NULL, fewest_live, count(*) FROM tunnels GROUP BY 1, 2, 3;
  UPDATE tunnels AS t SET (fewest_live, lost_at) = (${connectedSummary('t', 'id')})
    WHERE EXISTS (SELECT 1 FROM connections c WHERE c.account_tag = t.account_tag AND c.tunnel_id = t.id);

  CREATE INDEX live_newest_first ON tunnels (account_tag, created_at DESC, id DESC) WHERE deleted_at IS NULL;
  CREATE INDEX deleted_newest_first ON tunnels (account_tag, created_at DESC, id DESC) WHERE deleted_at IS NOT NULL;
  CREATE INDEX by_standing ON tunnels (account_tag, (CASE WHEN fewest_live < 1 THEN fewest_live WHEN fewest_live < 4 THEN 1 ELSE 2 END),
    created_at DESC, id DESC) WHERE deleted_at IS NULL;
  CREATE INDEX lately_lost ON tunnels (account_tag, lost_at) WHERE lost_at IS NOT NULL;
  `,
  // With ascending keys SQLite appends and fills its pages; with descending keys they stay half
  // empty. It reads the index backwards to get the newest first.
  `
  DROP INDEX newest_first;
  DROP INDEX live_newest_first;
  DROP INDEX deleted_newest_first;
  DROP INDEX by_standing;
  CREATE INDEX live_by_age ON tunnels (account_tag, created_at, id) WHERE deleted_at IS NULL;
  CREATE INDEX deleted_by_age ON tunnels (account_tag, created_at, id) WHERE deleted_at IS NOT NULL;
  CREATE INDEX by_standing ON tunnels (account_tag, (CASE WHEN fewest_live < 1 THEN fewest_live WHEN fewest_live < 4 THEN 1 ELSE 2 END),
    created_at, id) WHERE deleted_at IS NULL;
  `,
  // The list of live tunnels merged the ranges of `by_standing`, which saves an index on each
  // write.
  `
  DROP INDEX live_by_age;
  `,
  // Replaces the triggers: `connections/store.ts` writes `fewest_live` together with the
  // connections, and queries read the connections to see whether a lost one is still tracked.
  `
  DROP TRIGGER tunnel_inserted;
  DROP TRIGGER tunnel_moved;
  DROP TRIGGER tunnel_removed;
  DROP TRIGGER connection_opened;
  DROP TRIGGER connection_ended;
  DROP TABLE tallies;
  DROP INDEX by_standing;
  DROP INDEX lately_lost;
  ALTER TABLE tunnels DROP COLUMN lost_at;
  CREATE INDEX live_by_age ON tunnels (account_tag, created_at, id) WHERE deleted_at IS NULL;
  CREATE INDEX live_by_count ON tunnels (account_tag, fewest_live, created_at, id) WHERE deleted_at IS NULL;
  CREATE INDEX lost_connections ON connections (account_tag, lost_at, tunnel_id)
    WHERE closed_at IS NULL AND lost_at IS NOT NULL;
  `,
  // Lists are by ascending id.
  `
  DROP INDEX live_by_age;
  DROP INDEX deleted_by_age;
  DROP INDEX live_by_count;
  CREATE INDEX live_by_id ON tunnels (account_tag, id) WHERE deleted_at IS NULL;
  CREATE INDEX deleted_by_id ON tunnels (account_tag, id) WHERE deleted_at IS NOT NULL;
  CREATE INDEX live_by_count ON tunnels (account_tag, fewest_live, id) WHERE deleted_at IS NULL;
  `,
  // Credentials may be limited to zones.
  `
  ALTER TABLE credentials ADD COLUMN zones TEXT;
  `,
  // Connectors may be real. The index finds those of the whole world without reading the others.
  `
  ALTER TABLE connectors ADD COLUMN kind TEXT NOT NULL DEFAULT 'simulated' CHECK (kind IN ('simulated', 'real'));
  ALTER TABLE connections ADD COLUMN conn_index INTEGER;
  CREATE INDEX real_connectors ON connectors (account_tag, tunnel_id) WHERE kind = 'real';
  `,
]

/** The tables of version 1: accounts, credentials, tunnels and their related tables. */
export const FIRST_TABLES = { migrations: MIGRATIONS, tables: ['tunnels', 'connections'] }
