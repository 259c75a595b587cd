/** The variables with which a real cloudflared connects to the edge of an emulator. */

interface ConnectorTarget {
  /** Where the edge listens: HOST:PORT. */
  readonly address: string
  /** The file with the CA that signed the certificate of the edge. */
  readonly ca_path: string
  /** The token of the tunnel that cloudflared runs. */
  readonly token: string
}

/** As many as cloudflared opens by default. With fewer addresses it opens fewer. */
const CONNECTIONS = 4

/** For `cloudflared tunnel run` without an argument. A version that lacks a variable ignores it. */
export function connectorEnvironment({ address, ca_path, token }: ConnectorTarget): Record<string, string> {
  return {
    TUNNEL_TOKEN: token,
    // The entries count, not the values; the flag --edge would not split this list.
    TUNNEL_EDGE: Array(CONNECTIONS).fill(address).join(','),
    // The only CA that it trusts for the edge.
    TUNNEL_CACERT: ca_path,
    // Otherwise it tries QUIC first, for up to three minutes.
    TUNNEL_TRANSPORT_PROTOCOL: 'http2',
    // No traffic to anywhere else.
    NO_AUTOUPDATE: 'true',
    TUNNEL_NO_PRECHECKS: 'true',
  }
}
