/** Options that are used together. */
import type { Options } from './options.ts'

/** The options for the location and the access control of the control plane. */
export type ControlSettings = Pick<
  Options,
  'host' | 'control' | 'control_token' | 'control_port' | 'public_url' | 'console'
>

/** The options for our own web pages, and for those that may use the emulated API. */
export type PageSettings = Pick<Options, 'public_url' | 'allow_origin' | 'seed'>

/** The options that a world uses unchanged. */
export type WorldOptions = Pick<
  Options,
  | 'auth'
  | 'secret_min_bytes'
  | 'pending_reconnect_ms'
  | 'check_ingress'
  | 'keep_configurations'
  | 'evidence'
  | 'inject_faults'
  | 'random_seed'
  | 'rate_limit'
  | 'journal_size'
  | 'max_snapshots'
  | 'max_world_mib'
>
