/** What the control plane needs of the edge. The emulator hands it over; it is absent when off. */
export interface EdgeControl {
  /** Where cloudflared connects: HOST:PORT. */
  readonly address: string
  /** The public side of the edge, without a slash at the end. */
  readonly gateway_url: string
  /** The file with the CA that cloudflared must trust. */
  readonly ca_path: string
  /** The number of registered connections of real connectors in a world. */
  readonly connectionsIn: (worldId: string) => number
}
