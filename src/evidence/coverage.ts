import type { Coverage } from '../../schemas/control/evidence.ts'
import { Failure } from '../../schemas/envelope.ts'
import { type Field, fieldsOf } from '../../schemas/fields.ts'
import type { TSchema } from '../../schemas/typebox.ts'
import { appliesTo, type Catalogue, type CataloguedBehaviour } from './catalogue.ts'
import { DEVIATIONS } from './deviations.ts'

/** Lists all that is emulated, with the evidence for each part. */
export function coverageOf({ behaviours, operations }: Catalogue): Coverage {
  const declaredErrors = new Set(operations.flatMap(({ errors }) => errors))
  const idsWhere = (holds: (behaviour: CataloguedBehaviour, id: string) => boolean): string[] =>
    [...behaviours].filter(([id, behaviour]) => holds(behaviour, id)).map(([id]) => id)

  return {
    operations: operations.map(declared => ({
      operation: declared.operation,
      method: declared.method,
      path: declared.path,
      behaviours: idsWhere(one => one.operations !== 'every' && appliesTo(one, declared.operation, declared)),
      refusals: [...declared.errors],
      fields: {
        query: isModel(declared.models.query) ? fieldsOf(declared.models.query, 'query') : [],
        body: isModel(declared.models.body) ? fieldsOf(declared.models.body, 'body') : [],
        answer: isModel(declared.models.response) ? responseFields(declared.models.response) : [],
      },
    })),
    everywhere: {
      behaviours: idsWhere(one => one.operations === 'every'),
      refusals: idsWhere((one, id) => one.operations === undefined && !declaredErrors.has(id)),
      fields: fieldsOf(Failure, 'answer'),
    },
    behaviours: [...behaviours].map(([id, { evidence, statement, source, unobservable }]) => ({
      id,
      evidence,
      statement,
      source,
      ...(unobservable !== undefined && { untold: unobservable }),
    })),
    deviations: Object.entries(DEVIATIONS).map(([id, deviation]) => ({ id, ...deviation })),
  }
}

/** The fields of `result`, and of `result_info` for a list. */
function responseFields({ properties }: TSchema): Field[] {
  return Object.entries<TSchema>(properties)
    .filter(([key]) => key.startsWith('result'))
    .flatMap(([key, model]) => fieldsOf(model, key))
}

function isModel(value: unknown): value is TSchema {
  return typeof value === 'object' && value !== null
}
