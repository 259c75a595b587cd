import { CLOSED, type Static, Type } from '../typebox.ts'

export const LintRequest = Type.Object(
  {
    leftovers: Type.Optional(
      Type.Boolean({
        default: false,
        description: 'Also report objects that were created since the data was loaded, and not deleted.',
      }),
    ),
  },
  { ...CLOSED, title: 'LintRequest' },
)

export const Finding = Type.Object(
  {
    rule: Type.String({ examples: ['record_not_proxied'] }),
    message: Type.String({ description: 'The problem, and how to fix it.' }),
    account_id: Type.Optional(Type.String()),
    zone_id: Type.Optional(Type.String()),
    id: Type.String({ description: 'The id of the tunnel, record or other object.' }),
    name: Type.Optional(Type.String({ description: 'A hostname, or the name of the object.' })),
  },
  { ...CLOSED, title: 'Finding', description: 'A problem that would not work on Cloudflare, or a leftover.' },
)
export type Finding = Static<typeof Finding>

export const Findings = Type.Array(Finding)
