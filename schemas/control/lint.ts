import { CLOSED, type Static, Type } from '../typebox.ts'

export const LintRequest = Type.Object(
  {
    leftovers: Type.Optional(
      Type.Boolean({
        default: false,
        description: 'Also report what was created since the data was loaded, and not deleted.',
      }),
    ),
  },
  { ...CLOSED, title: 'LintRequest' },
)

export const Finding = Type.Object(
  {
    rule: Type.String({ examples: ['record_not_proxied'] }),
    message: Type.String({ description: 'What is wrong, and what to do.' }),
    account_id: Type.Optional(Type.String()),
    zone_id: Type.Optional(Type.String()),
    id: Type.String({ description: 'Of the tunnel, record or other object that it is about.' }),
    name: Type.Optional(Type.String({ description: 'A hostname, or the name of the object.' })),
  },
  { ...CLOSED, title: 'Finding', description: 'Something that does not work on Cloudflare, or was left behind.' },
)
export type Finding = Static<typeof Finding>

export const Findings = Type.Array(Finding)
