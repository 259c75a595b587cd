/**
 * For `fastify(options)`. Fastify loads compilers of its own, two thirds of its weight, unless others are named here. Our
 * servers set theirs afterwards, for the models of TypeBox; so Fastify's are not even in the package.
 */
export const OWN_COMPILERS = {
  schemaController: {
    compilersFactory: { buildValidator: () => requireCompiler, buildSerializer: () => requireCompiler },
  },
}

function requireCompiler(): never {
  throw new Error('no compiler was set')
}
