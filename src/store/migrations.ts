/** The schema, step by step: entry n takes a database from version n to n + 1. Entries are added, never changed. */
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
]
