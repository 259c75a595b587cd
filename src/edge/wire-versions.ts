import { createHash } from 'node:crypto'

/**
 * The versions of configurations as cloudflared counts them. It keeps the highest version that it
 * ever used and ignores others (client: edge_configuration_version), while the API counts again
 * after a restore. So the number on the wire may be higher than that of the API.
 */
export interface WireVersions {
  /** Whether the version that a connector uses is known. */
  readonly isKnown: (connectorId: string) => boolean
  /** A connector said that it uses this version, whose content is unknown unless given. */
  readonly learn: (connectorId: string, wireVersion: number, config?: string) => void
  /** The number under which a connector takes this configuration. */
  readonly versionFor: (connectorId: string, version: number, config: string) => number
}

interface Known {
  readonly wire_version: number
  /** The digest of its configuration; undefined if that is unknown. */
  readonly digest: string | undefined
  /** What the last version on the wire was ahead of the API. */
  readonly offset: number
}

/** Our limit for the connectors that are remembered, also after they left. */
const MAX_CONNECTORS = 10_000

export function createWireVersions(): WireVersions {
  const known = new Map<string, Known>()

  const remember = (connectorId: string, entry: Known): void => {
    known.delete(connectorId)
    known.set(connectorId, entry)
    const [oldest] = known.keys()
    if (known.size > MAX_CONNECTORS && oldest !== undefined) known.delete(oldest)
  }

  return {
    isKnown: connectorId => known.has(connectorId),

    learn: (connectorId, wire_version, config) => {
      const digest = config === undefined ? undefined : digestOf(config)
      remember(connectorId, { wire_version, digest, offset: known.get(connectorId)?.offset ?? 0 })
    },

    versionFor: (connectorId, version, config) => {
      const entry = known.get(connectorId)
      if (!entry) return version

      const { wire_version, offset } = entry
      const wanted = version + offset
      const isTaken = wanted === wire_version && entry.digest === digestOf(config)
      if (wanted > wire_version || isTaken) return wanted

      remember(connectorId, { ...entry, offset: wire_version + 1 - version })
      return wire_version + 1
    },
  }
}

function digestOf(config: string): string {
  return createHash('sha256').update(config).digest('base64')
}
