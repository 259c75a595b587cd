/**
 * What a simulated cloudflared reports about itself by default. The features are those of a
 * recorded connector, the address is one reserved for documentation, and the rest is our choice of
 * plausible values.
 */
export const CLOUDFLARED = {
  version: '2026.8.2',
  arch: 'linux_amd64',
  features: [
    'allow_remote_config',
    'serialized_headers',
    'support_datagram_v2',
    'support_quic_eof',
    'management_logs',
  ] as readonly string[],
  origin_ip: '198.51.100.7',
  /**
   * A connector alternates between two data centers (recorded: connector_spread); which two is our
   * choice.
   */
  colos: ['dfw08', 'iad05'] as readonly string[],
} as const

/** A cloudflared opens its connections 0.3 to 1.3 seconds apart (recorded: connector_spread). */
export const CONNECTION_SPACING_MS = 500
