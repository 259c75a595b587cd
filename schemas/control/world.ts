import { Timestamp } from '../timestamp.ts'
import { CLOSED, Nullable, type Static, TextEnum, Type } from '../typebox.ts'
import { StatusCounts } from './snapshot.ts'

function source(description: string) {
  return Type.Optional(Type.String({ pattern: '^[\\w.-]{1,64}$', default: 'seed', description }))
}

export const ResetRequest = Type.Object(
  { to: source('"seed", "empty" or the name of a snapshot.') },
  { ...CLOSED, title: 'ResetRequest', examples: [{ to: 'seed' }] },
)
export type ResetRequest = Static<typeof ResetRequest>

const CREATED_FROM = {
  from: source('"seed", "empty", "current" (a copy of this world) or the name of a snapshot of this world.'),
}

export const WorldCreate = Type.Object(CREATED_FROM, {
  ...CLOSED,
  title: 'WorldCreate',
  examples: [{ from: 'seed' }],
})
export type WorldCreate = Static<typeof WorldCreate>

export const NamedWorldCreate = Type.Object(
  {
    ...CREATED_FROM,
    if_exists: Type.Optional(
      TextEnum(['refuse', 'reuse'], {
        default: 'refuse',
        description: 'What to do with a world that has the id already: refuse to create it, or return it as it is.',
      }),
    ),
  },
  { ...CLOSED, title: 'NamedWorldCreate', examples: [{ from: 'seed', if_exists: 'reuse' }] },
)
export type NamedWorldCreate = Static<typeof NamedWorldCreate>

/** The id in `/w/{id}`. */
export const WorldClaim = Type.Object(
  {
    id: Type.String({
      pattern: '^[\\w-]{1,64}(\\.[\\w-]{1,32})?$',
      description: 'An id of up to 64 letters, digits, dashes and underscores; after a dot, up to 32 more.',
      examples: ['job-4711'],
    }),
  },
  CLOSED,
)
export type WorldClaim = Static<typeof WorldClaim>

export const WorldAddress = Type.Object({ id: Type.String() }, CLOSED)
export type WorldAddress = Static<typeof WorldAddress>

/** Equal requests must get equal bytes while the clock is frozen. */
function realTime(description: string) {
  const whenNull = 'In real time; null while the clock of the world that you ask is frozen.'
  return Type.Union([Timestamp, Type.Null()], { description: `${description} ${whenNull}` })
}

export const WorldSummary = Type.Object(
  {
    id: Type.String(),
    base_url: Type.String({ description: 'The base URL for an SDK.' }),
    control_url: Type.String(),
    now: Timestamp,
    frozen: Type.Boolean({ description: 'Whether its clock is frozen.' }),
    tunnels: Type.Integer({ description: 'The number of tunnels, deleted ones included.' }),
    statuses: StatusCounts,
    requests: Type.Integer({ minimum: 0, description: 'The number of entries in its request log.' }),
    faults: Type.Integer({ minimum: 0, description: 'The number of faults of the API that can still apply.' }),
    from: Nullable(Type.String({ description: 'What it was created from; null for the data of an earlier server.' })),
    created_at: realTime('When it was created.'),
    last_used_at: realTime('When it was last used. Watching it does not count.'),
    dropped_at: realTime('When it will be deleted if no one uses it; null for the main world.'),
  },
  { ...CLOSED, title: 'WorldSummary' },
)
export type WorldSummary = Static<typeof WorldSummary>

export const WorldSummaries = Type.Array(WorldSummary)

/** The result of an operation that returns nothing else. */
export const Done = Type.Object({ done: Type.Literal(true) }, { ...CLOSED, title: 'Done' })
export type Done = Static<typeof Done>

/** The body of an operation that takes none. */
export const NoBody = Type.Object({}, CLOSED)
