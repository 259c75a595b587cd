import { type Command, Option } from 'commander'
import type { State } from '../../../schemas/state.ts'
import { type ClientOptions, ControlFailed, createControlClient } from '../../client.ts'
import { DEFAULTS, type OptionName, type Options } from '../../config/options.ts'
import { readSeeds } from '../../config/seed-files.ts'
import { baseURLOf, environmentFor, type Whereabouts } from '../../emulator/client-env.ts'
import { does } from '../action.ts'
import type { Shell } from '../host.ts'
import { settingsOf } from '../option-flags.ts'
import { addServerFlags, explaining, givenUrl, type ServerFlags, urlAt } from '../remote.ts'

type Variables = Readonly<Record<string, string>>

const FORMATS: Readonly<Record<string, (variables: Variables) => string>> = {
  shell: variables => lines(variables, (name, value) => `export ${name}=${quoted(value, inShell)}`),
  dotenv: variables => lines(variables, (name, value) => `${name}=${quoted(value, JSON.stringify)}`),
  json: variables => JSON.stringify(variables, null, 2),
  github: variables => lines(variables, (name, value) => `${name}=${value}`),
}

function lines(variables: Variables, line: (name: string, value: string) => string): string {
  return Object.entries(variables)
    .map(([name, value]) => line(name, value))
    .join('\n')
}

function quoted(value: string, quote: (value: string) => string): string {
  return /^[\w:/.@%+-]+$/.test(value) ? value : quote(value)
}

function inShell(value: string): string {
  return `'${value.replaceAll("'", `'\\''`)}'`
}

const OPTIONS_READ: readonly OptionName[] = ['host', 'port', 'seed', 'auth', 'control_port', 'control_token']

interface EnvFlags extends ServerFlags {
  readonly format: string
}

export function addEnv(program: Command, shell: Shell): void {
  const env = program.command('env').description('Print what points each client at a server')
  env.addOption(
    new Option('--format <FORMAT>', 'How to print it').choices(Object.keys(FORMATS)).default('shell', 'shell'),
  )
  addServerFlags(env, OPTIONS_READ)
  env.option('--world <ID>', 'The id of a world; default: the main one')
  does<EnvFlags>(env, async ({ flags }) => {
    const settings = await settingsOf(env, shell)
    const given = givenUrl(flags, settings, shell)
    const url = given ?? urlAt(settings)
    const visitor =
      given === undefined
        ? visitorOfSeeds({ ...DEFAULTS, ...settings.options })
        : await visitorAt({ url, world: flags.world, token: settings.options.control_token })
    const variables = environmentFor({ url, baseURL: baseURLOf(url, flags.world), ...visitor })
    shell.print(FORMATS[flags.format]?.(variables) ?? '')
  })
}

type Visitor = Pick<Whereabouts, 'account_id' | 'token'>

function visitorOfSeeds({ seed, auth }: Options): Visitor {
  return visitorOf(
    seed.flatMap(readSeeds).map(({ state }) => state),
    auth,
  )
}

/** What a running server knows better. One that does not tell is visited like any other. */
function visitorAt(server: ClientOptions): Promise<Visitor> {
  return explaining(server.url, async () => {
    const control = createControlClient(server)
    try {
      const { auth } = await control.getInfo()
      return visitorOf([await control.getState()], auth)
    } catch (error) {
      if (error instanceof ControlFailed) return {}
      throw error
    }
  })
}

/** An account that exists, and a token that is let in: with `--auth strict` one of the seed. */
function visitorOf(states: readonly State[], auth: string): Visitor {
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
