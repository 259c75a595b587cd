import { serializerCompiler, validatorCompiler } from '../gateway/validation.ts'

/**
 * Options for `fastify` that replace its validator and serializer. Fastify would load its own by
 * default: they are two thirds of its size, and our package does not contain them. The casts are
 * necessary because Fastify's types fit only its own compilers.
 */
export function ownCompilers(checkResponses: boolean) {
  return {
    schemaController: {
      compilersFactory: {
        buildValidator: () => validatorCompiler as never,
        buildSerializer: () => serializerCompiler(checkResponses) as never,
      },
    },
  }
}
