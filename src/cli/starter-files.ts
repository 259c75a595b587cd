/** The files that `init` writes. */
import { EXAMPLE_ACCOUNT } from '../../schemas/identifiers.ts'
import type { State } from '../../schemas/state.ts'
import { DEFAULTS, modelOf, OPTION_NAMES, type OptionName } from '../config/options.ts'

const SEED_FILE = 'mockflared.seed.json'

const STARTER_SEED: State = {
  purpose: 'Two tunnels to start from. Times such as "-2h" count back from the start of the server.',
  tunnels: [
    {
      account_tag: EXAMPLE_ACCOUNT,
      name: 'web',
      config_src: 'cloudflare',
      created_at: '-30d',
      configurations: [
        {
          config: {
            ingress: [
              { hostname: 'www.example.com', service: 'http://localhost:8080' },
              { service: 'http_status:404' },
            ],
          },
        },
      ],
      connectors: [{ run_at: '-2h', colos: ['ams01', 'fra02'] }],
    },
    { account_tag: EXAMPLE_ACCOUNT, name: 'new', config_src: 'cloudflare', created_at: '-5m' },
  ],
}

/** Every other option as a comment, with its default. */
function configFile(): string {
  const options = OPTION_NAMES.filter(name => name !== 'seed').map(
    name => `  // ${modelOf(name).description}\n  // ${name}: ${exampleOf(name)},\n`,
  )
  return `// The configuration of mockflared. A flag or a variable wins over what is here.
import type { EmulatorOptions } from 'mockflared'

export default {
  // ${modelOf('seed').description}
  seed: ['${SEED_FILE}'],

${options.join('\n')}} satisfies EmulatorOptions
`
}

function exampleOf(name: OptionName): string {
  const { examples = [], type } = modelOf(name)
  const value = DEFAULTS[name] ?? examples[0] ?? (type === 'integer' ? 1 : type === 'boolean' ? false : 'text')
  return JSON.stringify(value).replaceAll('"', "'")
}

export const STARTER_FILES: Readonly<Record<string, string>> = {
  // With the extension .ts it would be CommonJS in many projects, which has no `export`.
  'mockflared.config.mts': configFile(),
  [SEED_FILE]: `${JSON.stringify(STARTER_SEED, null, 2)}\n`,
}
