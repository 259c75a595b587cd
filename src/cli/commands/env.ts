import { type Command, Option } from 'commander'
import { findTunnel } from '../../../schemas/control/find-tunnel.ts'
import { ControlError, createControlClient } from '../../client.ts'
import { baseURLOf, environmentFor } from '../../config/client-env.ts'
import { DEFAULTS, type OptionName } from '../../config/options.ts'
import type { Settings } from '../../config/resolve.ts'
import { certificateSource, trustVariables } from '../../config/tls.ts'
import { setAction } from '../action.ts'
import type { CliHost } from '../host.ts'
import { readSettings } from '../option-flags.ts'
import { addServerFlags, addWorldFlag, explainFailure, givenUrl, type ServerFlags, urlFrom } from '../remote.ts'
import { sampleOf, sampleOfNewServer } from '../sample.ts'
import { FORMATS, type Variables } from '../variables.ts'

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

/** The server and the tunnel of which to print the variables. */
interface EnvTarget extends ServerFlags {
  readonly tunnel?: string
  readonly account?: string
}

interface EnvFlags extends EnvTarget {
  readonly format: keyof typeof FORMATS
  readonly json?: true
}

export function addEnv(program: Command, host: CliHost): void {
  const env = program
    .command('env')
    .description('Print the variables that point clients at a server, or cloudflared at its edge')
  env.addOption(
    new Option('--format <FORMAT>', 'How to print them').choices(Object.keys(FORMATS)).default('shell', 'shell'),
  )
  env.option('--json', 'Print JSON: the same as --format json')
  env.option('--tunnel <TUNNEL>', 'Name or id of a tunnel: print the variables for cloudflared tunnel run')
  env.option('--account <ID>', 'Account of the tunnel [any that has such a tunnel]')
  addServerFlags(env, ENV_OPTIONS)
  addWorldFlag(env)
  setAction<EnvFlags>(env, async ({ flags: { format, json, ...flags } }) => {
    const settings = await readSettings(env, host)
    const { tunnel } = flags
    const variables = await (tunnel === undefined
      ? clientVariables(flags, settings, host)
      : connectorVariables(tunnel, flags, settings, host))
    host.print(FORMATS[json ? 'json' : format](variables))
  })
}

async function clientVariables(flags: EnvTarget, settings: Settings, host: CliHost): Promise<Variables> {
  const { world, account } = flags
  if (account !== undefined) throw new Error('--account belongs to --tunnel')

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
  return {
    ...environmentFor({ url, baseURL: baseURLOf(url, world), ...sample }),
    ...trustVariables(certificateSource({ ...DEFAULTS, ...settings.options })),
  }
}

/** For a real cloudflared. Only a running server knows its edge and the token of a tunnel. */
function connectorVariables(tunnel: string, flags: EnvTarget, settings: Settings, host: CliHost): Promise<Variables> {
  const { world, account } = flags
  const url = givenUrl(flags, settings, host) ?? urlFrom(settings, 'control')
  const control = createControlClient({ url, world, token: settings.options.control_token })
  return explainFailure(url, async () => {
    const address = await findTunnel(control, tunnel, { account })
    return (await control.getTunnelRun(address)).env
  })
}
