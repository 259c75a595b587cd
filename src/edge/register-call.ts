/** What a cloudflared says about one connection when it registers. */
export interface RegisterCall {
  /** Counted from 0; a cloudflared has at most one connection with each index. */
  readonly connection_index: number
  readonly account_tag: string
  readonly tunnel_id: string
  /** Decoded. */
  readonly tunnel_secret: Buffer
  readonly replace_existing: boolean
  readonly previous_attempts: number
  readonly origin_ip: string
  readonly client: ConnectorClient
}

interface ConnectorClient {
  /** The id of the connector. */
  readonly id: string
  /** In any order. */
  readonly features: readonly string[]
  readonly version: string
  readonly arch: string
}

/** What the edge answers. */
export type RegisterAnswer =
  | { readonly connection_id: string; readonly location: string; readonly remotely_managed: boolean }
  | {
      readonly cause: string
      readonly should_retry: boolean
      readonly retry_after_ms?: number
      /** The frame of the answer is broken on purpose. */
      readonly is_unreadable?: boolean
    }
