import { problemWith } from '../../schemas/check.ts'
import { TunnelConfig } from '../../schemas/configuration.ts'
import { jsonProblem } from '../../schemas/json-limits.ts'

/** The API could not show a deeper configuration. */
const MAX_LEVELS = 64

/**
 * Reads the configuration that a cloudflared reports. Throws an Error with one line, without any
 * value of it, because that may be a secret.
 */
export function readLocalConfig(json: Buffer): TunnelConfig {
  const config = parsed(json)
  const limit = jsonProblem(config, MAX_LEVELS)
  if (limit !== undefined) throw new Error(`the local configuration is not usable: ${limit}`)

  const problem = problemWith(TunnelConfig, config)
  if (problem) throw new Error(`the local configuration is not valid at "${problem.where}"`)
  return config as TunnelConfig
}

function parsed(json: Buffer): unknown {
  try {
    return JSON.parse(json.toString())
  } catch {
    throw new Error('the local configuration is not JSON')
  }
}
