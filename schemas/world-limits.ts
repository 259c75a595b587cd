/** The options for many worlds: how many there may be, where they run, and what each may take. */
import { option } from './option.ts'
import { Type } from './typebox.ts'

export const WORLD_LIMITS = {
  /** Undefined: what memory allows; 10,000 for a folder. */
  max_worlds: Type.Optional(
    option(Type.Integer({ minimum: 0, maximum: 10_000 }), {
      description: 'Maximum number of worlds, not counting the main one; by default what memory allows',
      valueName: 'COUNT',
    }),
  ),
  behind_balancer: option(Type.Boolean({ default: false }), {
    description: 'Refuse to create a world that a load balancer sends to another server; name copies like job-1.copy',
    valueName: 'BOOL',
  }),
  max_requests: option(Type.Integer({ minimum: 1, maximum: 1_000_000, default: 10_000 }), {
    description: 'Maximum number of requests in progress in a world',
    valueName: 'COUNT',
  }),
  max_snapshots: option(Type.Integer({ minimum: 0, maximum: 10_000, default: 100 }), {
    description: 'Maximum number of snapshots of a world',
    valueName: 'COUNT',
  }),
  /** Undefined: what SQLite allows, which is 1 GiB in memory. */
  max_world_mib: Type.Optional(
    option(Type.Integer({ minimum: 1, maximum: 1_000_000 }), {
      description: 'Maximum size of the data of a world, in MiB',
      valueName: 'MIB',
    }),
  ),
  world_idle_ms: option(Type.Integer({ minimum: 1, maximum: 365 * 86_400_000, default: 30 * 60 * 1_000 }), {
    description: 'Drop a world after this long without a request',
    valueName: 'DURATION',
  }),
  /** 0: everything runs in the main thread. */
  workers: option(Type.Integer({ minimum: 0, maximum: 64, default: 0 }), {
    description: 'Threads that share the worlds; only for the command, and not with --edge-port',
    valueName: 'COUNT',
  }),
}
