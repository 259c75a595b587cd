import { type Command, Option } from 'commander'
import { ControlError } from '../../client.ts'
import { baseURLOf, environmentFor } from '../../config/client-env.ts'
import { DEFAULTS, type OptionName } from '../../config/options.ts'
import { certificateSource, trustVariables } from '../../config/tls.ts'
import { setAction } from '../action.ts'
import type { CliHost } from '../host.ts'
import { readSettings } from '../option-flags.ts'
import { addServerFlags, addWorldFlag, explainFailure, givenUrl, type ServerFlags, urlFrom } from '../remote.ts'
import { sampleOf, sampleOfNewServer } from '../sample.ts'
import { FORMATS } from '../variables.ts'

const ENV_OPTIONS: readonly OptionName[] = [
  'host',
  'port',
  'tls',
  'tls_dir',
  'tls_cert',
  'tls_key',
  'seed',
  'auth',
  'control_port',
  'control_token',
]

interface EnvFlags extends ServerFlags {
  readonly format: keyof typeof FORMATS
  readonly json?: true
}

export function addEnv(program: Command, host: CliHost): void {
  const env = program.command('env').description('Print the variables that point clients at a server')
  env.addOption(
    new Option('--format <FORMAT>', 'How to print them').choices(Object.keys(FORMATS)).default('shell', 'shell'),
  )
  env.option('--json', 'Print JSON: the same as --format json')
  addServerFlags(env, ENV_OPTIONS)
  addWorldFlag(env)
  setAction<EnvFlags>(env, async ({ flags: { format, json, world, ...flags } }) => {
    const settings = await readSettings(env, host)
    const given = givenUrl(flags, settings, host)
    const url = given ?? urlFrom(settings)
    const controlUrl = given ?? urlFrom(settings, 'control')
    const asked = sampleOf({ url, controlUrl, world, token: settings.options.control_token }, host)
    const sample =
      given === undefined
        ? await asked.catch((error: unknown) => {
            if (error instanceof ControlError && error.code !== 'unknown') throw error
            host.printError(`mockflared: no server answers at ${url}; these are the values for a new one`)
            return sampleOfNewServer(settings, host)
          })
        : await explainFailure(url, () => asked)
    const variables = {
      ...environmentFor({ url, baseURL: baseURLOf(url, world), ...sample }),
      ...trustVariables(certificateSource({ ...DEFAULTS, ...settings.options })),
    }
    host.print(FORMATS[json ? 'json' : format](variables))
  })
}
