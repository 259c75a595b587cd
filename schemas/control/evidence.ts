import { LABELS } from '../evidence.ts'
import { CLOSED, Nullable, type Static, TextEnum, Type } from '../typebox.ts'

const EvidenceLabel = TextEnum(LABELS, {
  description:
    'recorded: a real answer was seen. documented: Cloudflare says so. client: an official client would break otherwise. inferred: reasoned from the others. assumed: our choice, nobody knows.',
})

const BehaviourId = Type.String({ description: 'Id of a behaviour.', examples: ['list_order'] })

const BEHAVIOUR = {
  id: BehaviourId,
  evidence: EvidenceLabel,
  statement: Type.String({ description: 'What the emulated service does.' }),
  source: Type.String({ description: 'Where we know it from.' }),
}

/** The behaviours that the responses of a server used since its start, in all its worlds. */
export const Report = Type.Object(
  {
    answers: Type.Integer({ minimum: 0, description: 'Answers that were counted.' }),
    summary: Type.String({ description: 'For people, in one line.' }),
    message: Type.String({ description: 'For people, in several lines.' }),
    behaviours: Type.Array(
      Type.Object(
        {
          ...BEHAVIOUR,
          answers: Type.Integer({ minimum: 1, description: 'Answers that it shaped.' }),
          first: Type.String({
            description: 'The first request that got one.',
            examples: ['GET /accounts/…/cfd_tunnel'],
          }),
        },
        CLOSED,
      ),
      { description: 'The least sure first.' },
    ),
    not_emulated: Type.Array(
      Type.Object(
        {
          operation: Type.String({
            description: "Of Cloudflare's API, but not here.",
            examples: ['PATCH /zones/{zone_id}'],
          }),
          answers: Type.Integer({ minimum: 1, description: 'Answers to requests for it.' }),
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
      field: Type.String({ description: 'As a path; `[]` is any item.', examples: ['result.conns[].colo_name'] }),
      evidence: EvidenceLabel,
    },
    CLOSED,
  ),
)

const OperationCoverage = Type.Object(
  {
    operation: Type.String({ description: 'As the OpenAPI document names it.' }),
    method: Type.String(),
    path: Type.String(),
    behaviours: Type.Array(BehaviourId),
    refusals: Type.Array(BehaviourId, { description: 'Those peculiar to it; the others are everywhere.' }),
    fields: Type.Object({ query: Fields, body: Fields, answer: Fields }, CLOSED),
  },
  CLOSED,
)

const Deviation = Type.Object(
  {
    id: Type.String({ examples: ['no_rate_limit'] }),
    statement: Type.String({ description: 'What is otherwise than on the real service.' }),
    reason: Type.String(),
    switch: Nullable(Type.String({ description: 'What turns it off.', examples: ['--rate-limit true'] })),
  },
  CLOSED,
)

/** The emulated operations, with the evidence for each part of them. */
export const Coverage = Type.Object(
  {
    operations: Type.Array(OperationCoverage),
    everywhere: Type.Object(
      { behaviours: Type.Array(BehaviourId), refusals: Type.Array(BehaviourId), fields: Fields },
      { ...CLOSED, description: 'What holds for every operation; the fields are those of the envelope.' },
    ),
    behaviours: Type.Array(
      Type.Object(
        { ...BEHAVIOUR, untold: Type.Optional(Type.String({ description: 'Why no answer tells it.' })) },
        CLOSED,
      ),
    ),
    deviations: Type.Array(Deviation),
  },
  { ...CLOSED, title: 'Coverage' },
)
export type Coverage = Static<typeof Coverage>
