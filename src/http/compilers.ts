import { serializerCompiler, validatorCompiler } from '../gateway/validation.ts'

/**
 * Options for `fastify`. Unless compilers are named here, Fastify loads its own, two thirds of its
 * weight. The package does not even contain those. Fastify types these two for its own alone.
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
