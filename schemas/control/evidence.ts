import { LABELS } from '../evidence.ts'
import { CLOSED, Nullable, type Static, TextEnum, Type } from '../typebox.ts'

export const EvidenceLabel = TextEnum(LABELS, {
  description:
    'recorded: a real response. documented: Cloudflare says so. client: an official client requires it. inferred: follows from the others. assumed: our choice.',
})

export const BehaviourId = Type.String({ description: 'Id of a behaviour.', examples: ['list_order'] })

const BEHAVIOUR = {
  id: BehaviourId,
  evidence: EvidenceLabel,
  statement: Type.String({ description: 'The behaviour of the emulated service.' }),
  source: Type.String({ description: 'How we know it.' }),
}

export const ReportFilter = Type.Object(
  {
    world_id: Type.Optional(
      Type.String({
        description:
          'Only responses of this world since it was created or reset. Default: all worlds, deleted ones too.',
        examples: ['main'],
      }),
    ),
  },
  CLOSED,
)
export type ReportFilter = Static<typeof ReportFilter>

/** The behaviours that responses used: of a server since its start, or of one of its worlds. */
export const Report = Type.Object(
  {
    answers: Type.Integer({ minimum: 0, description: 'Responses since the start, or since the report was cleared.' }),
    summary: Type.String({ description: 'The assumed behaviours, in one line of text.' }),
    message: Type.String({ description: 'The whole report as text.' }),
    behaviours: Type.Array(
      Type.Object(
        {
          ...BEHAVIOUR,
          answers: Type.Integer({ minimum: 1, description: 'Responses that used it.' }),
          first: Type.String({
            description: 'The first request with such a response.',
            examples: ['GET /accounts/…/cfd_tunnel'],
          }),
        },
        CLOSED,
      ),
      { description: 'The least certain first.' },
    ),
    not_emulated: Type.Array(
      Type.Object(
        {
          operation: Type.String({
            description: 'An operation that Cloudflare has and mockflared does not.',
            examples: ['PATCH /zones/{zone_id}'],
          }),
          answers: Type.Integer({ minimum: 1, description: 'Responses to requests for it.' }),
          first: Type.String({ description: 'The first of these requests.' }),
        },
        CLOSED,
      ),
    ),
  },
  { ...CLOSED, title: 'Report' },
)
export type Report = Static<typeof Report>

const Fields = Type.Array(
  Type.Object(
    {
      field: Type.String({
        description: 'The path of the field; `[]` is any item.',
        examples: ['result.conns[].colo_name'],
      }),
      evidence: EvidenceLabel,
    },
    CLOSED,
  ),
)

const OperationCoverage = Type.Object(
  {
    operation: Type.String({ description: 'Its operationId in the OpenAPI document.' }),
    method: Type.String(),
    path: Type.String(),
    behaviours: Type.Array(BehaviourId),
    refusals: Type.Array(BehaviourId, {
      description: 'Errors of this operation only. `everywhere` has the common ones.',
    }),
    fields: Type.Object({ query: Fields, body: Fields, answer: Fields }, CLOSED),
  },
  CLOSED,
)

const Deviation = Type.Object(
  {
    id: Type.String({ examples: ['no_rate_limit'] }),
    statement: Type.String({ description: 'How the emulator differs from the real service.' }),
    reason: Type.String(),
    switch: Nullable(Type.String({ description: 'The option that turns it off.', examples: ['--rate-limit true'] })),
  },
  CLOSED,
)

/** The emulated operations, with the evidence for each part of them. */
export const Coverage = Type.Object(
  {
    operations: Type.Array(OperationCoverage),
    everywhere: Type.Object(
      { behaviours: Type.Array(BehaviourId), refusals: Type.Array(BehaviourId), fields: Fields },
      { ...CLOSED, description: 'Common to all operations. The fields are those of the envelope.' },
    ),
    behaviours: Type.Array(
      Type.Object(
        {
          ...BEHAVIOUR,
          untold: Type.Optional(Type.String({ description: 'Why the header `mockflared-evidence` never names it.' })),
        },
        CLOSED,
      ),
    ),
    deviations: Type.Array(Deviation),
  },
  { ...CLOSED, title: 'Coverage' },
)
export type Coverage = Static<typeof Coverage>
