/** Preloaded into a process of its own: the package of OpenTelemetry is not installed. */
import { registerHooks } from 'node:module'

registerHooks({
  resolve: (specifier, context, nextResolve) => {
    if (!specifier.startsWith('@opentelemetry/')) return nextResolve(specifier, context)
    throw Object.assign(new Error(`Cannot find package '${specifier}'`), { code: 'ERR_MODULE_NOT_FOUND' })
  },
})
