import type { Coverage } from '../../schemas/control/evidence.ts'
import { Failure } from '../../schemas/envelope.ts'
import { type Field, fieldsOf } from '../../schemas/fields.ts'
import type { TSchema } from '../../schemas/typebox.ts'
import { BEHAVIOURS, type CataloguedBehaviour } from './catalogue.ts'
import { DEVIATIONS } from './deviations.ts'
import { OPERATIONS } from './operations.ts'

/** An operation as its route declares it. */
export interface DeclaredOperation {
  readonly operation: string
  readonly method: string
  readonly path: string
  /** The refusals peculiar to it. */
  readonly refusals: readonly string[]
  /** Models of the parameters of its query, of its body and of a successful answer. */
  readonly models: { readonly query?: unknown; readonly body?: unknown; readonly answer: unknown }
}

/** What is emulated, and how each part of it is known. */
export function coverageOf(operations: readonly DeclaredOperation[]): Coverage {
  const peculiar = new Set(operations.flatMap(({ refusals }) => refusals))
  return {
    operations: operations.map(({ operation, method, path, refusals, models }) => ({
      operation,
      method,
      path,
      behaviours: idsWhere(behaviour => isOf(behaviour, operation)),
      refusals: [...refusals],
      fields: {
        query: isModel(models.query) ? fieldsOf(models.query, 'query') : [],
        body: isModel(models.body) ? fieldsOf(models.body, 'body') : [],
        answer: isModel(models.answer) ? answerFields(models.answer) : [],
      },
    })),
    everywhere: {
      behaviours: idsWhere(({ operations: where }) => where === 'every'),
      refusals: idsWhere(({ operations: where }, id) => where === undefined && !peculiar.has(id)),
      fields: fieldsOf(Failure, 'answer'),
    },
    behaviours: [...BEHAVIOURS].map(([id, { evidence, statement, source, untold }]) => ({
      id,
      evidence,
      statement,
      source,
      ...(untold !== undefined && { untold }),
    })),
    deviations: Object.entries(DEVIATIONS).map(([id, deviation]) => ({ id, ...deviation })),
  }
}

function idsWhere(holds: (behaviour: CataloguedBehaviour, id: string) => boolean): string[] {
  return [...BEHAVIOURS].filter(([id, behaviour]) => holds(behaviour, id)).map(([id]) => id)
}

function isOf({ operations = [] }: CataloguedBehaviour, operation: string): boolean {
  return operations !== 'every' && operations.some(name => OPERATIONS[name] === operation)
}

/** What the envelope carries: `result`, and for a list `result_info`. */
function answerFields({ properties }: TSchema): Field[] {
  return Object.entries<TSchema>(properties)
    .filter(([key]) => key.startsWith('result'))
    .flatMap(([key, model]) => fieldsOf(model, key))
}

function isModel(value: unknown): value is TSchema {
  return typeof value === 'object' && value !== null
}
