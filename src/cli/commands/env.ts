import { type Command, Option } from 'commander'
import type { Options } from '../../../schemas/options.ts'
import type { State } from '../../../schemas/state.ts'
import { type ClientOptions, ControlError, createControlClient } from '../../client.ts'
import { baseURLOf, type ClientTarget, environmentFor } from '../../config/client-env.ts'
import { DEFAULTS, type OptionName } from '../../config/options.ts'
import { readSeeds } from '../../config/seed-files.ts'
import { certificateSource, trustVariables } from '../../config/tls.ts'
import { setAction } from '../action.ts'
import type { CliHost } from '../host.ts'
import { readSettings } from '../option-flags.ts'
import { addServerFlags, explainFailure, givenUrl, type ServerFlags, urlFrom } from '../remote.ts'
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
}

export function addEnv(program: Command, host: CliHost): void {
  const env = program.command('env').description('Print what points each client at a server')
  env.addOption(
    new Option('--format <FORMAT>', 'How to print it').choices(Object.keys(FORMATS)).default('shell', 'shell'),
  )
  addServerFlags(env, ENV_OPTIONS)
  env.option('--world <ID>', 'The id of a world; default: the main one')
  setAction<EnvFlags>(env, async ({ flags }) => {
    const settings = await readSettings(env, host)
    const given = givenUrl(flags, settings, host)
    const url = given ?? urlFrom(settings)
    const credentials =
      given === undefined
        ? sampleFromSeeds({ ...DEFAULTS, ...settings.options })
        : await sampleFromServer({ url, world: flags.world, token: settings.options.control_token })
    const variables = {
      ...environmentFor({ url, baseURL: baseURLOf(url, flags.world), ...credentials }),
      ...trustVariables(certificateSource({ ...DEFAULTS, ...settings.options })),
    }
    host.print(FORMATS[flags.format](variables))
  })
}

type SampleCredentials = Pick<ClientTarget, 'account_id' | 'token'>

function sampleFromSeeds({ seed, auth }: Options): SampleCredentials {
  return sampleCredentials(
    seed.flatMap(readSeeds).map(({ state }) => state),
    auth,
  )
}

/**
 * A running server knows its accounts and tokens best. Without a control plane it gets the
 * defaults.
 */
function sampleFromServer(server: ClientOptions): Promise<SampleCredentials> {
  return explainFailure(server.url, async () => {
    const control = createControlClient(server)
    try {
      const { auth } = await control.getInfo()
      return sampleCredentials([await control.getState()], auth)
    } catch (error) {
      if (error instanceof ControlError) return {}
      throw error
    }
  })
}

/** An account that exists, and a valid token: with `--auth strict` one of the seed. */
function sampleCredentials(states: readonly State[], auth: string): SampleCredentials {
  const all = <T>(listed: (state: State) => readonly T[] | undefined): readonly T[] =>
    states.flatMap(state => listed(state) ?? [])
  const credential = auth === 'strict' ? all(state => state.credentials).find(({ token }) => token) : undefined
  const [account] = all(state => state.accounts)
  const [tunnel] = all(state => state.tunnels)
  return {
    account_id: credential?.accounts?.[0] ?? account?.id ?? tunnel?.account_tag,
    token: credential?.token ?? undefined,
  }
}
