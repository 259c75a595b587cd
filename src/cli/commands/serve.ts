import type { Command } from 'commander'
import type { Options } from '../../../schemas/options.ts'
import { DEFAULTS, OPTION_NAMES } from '../../config/options.ts'
import { describeSettings, type Settings } from '../../config/resolve.ts'
import { certificateSource, trustVariables } from '../../config/tls.ts'
import { VERSION } from '../../config/version.ts'
import { columns, type JsonFlag, setAction } from '../action.ts'
import type { CliHost, Server } from '../host.ts'
import { addOptionFlags, readSettings } from '../option-flags.ts'
import { announceLargeSeeds } from '../progress.ts'
import { reloadableSeeds } from '../seed-reload.ts'
import { exportLines } from '../variables.ts'
import { reporterFor, seedFilesIn, watchFiles } from '../watch-seeds.ts'

interface ServeFlags extends JsonFlag {
  readonly printConfig?: true
  readonly watch?: true
}

export function addServe(program: Command, host: CliHost): void {
  const serve = program
    .command('serve', { isDefault: true })
    .alias('start')
    .description('Start a server (the default); also: start')
  addOptionFlags(serve, OPTION_NAMES)
  serve
    .option('--print-config', 'Print each option and where its value comes from, and exit')
    .option('--watch', 'Reset to the seeds when one of their files changes')
    .option('--json', 'Print JSON')
  setAction<ServeFlags>(serve, async ({ flags }) => {
    const settings = await readSettings(serve, host)
    if (flags.printConfig) return host.print(formatSettings(settings, flags))
    await (flags.watch ? startWatching : start)({ log: 'text', ...settings.options }, flags, host)
  })
}

function formatSettings(settings: Settings, { json }: JsonFlag): string {
  const rows = describeSettings(settings)
  if (json || settings.options.log === 'json') {
    return JSON.stringify(Object.fromEntries(rows.map(({ name, value, source }) => [name, { value, source }])), null, 2)
  }
  return columns(rows.map(({ name, value, source }) => [name, formatValue(value), source]))
}

function formatValue(value: unknown): string {
  return (value === null ? '' : String(value)) || 'none'
}

async function start(options: Partial<Options>, { json }: JsonFlag, host: CliHost): Promise<Server> {
  announceLargeSeeds(options, host)
  const server = await host.createEmulator(options)
  host.onStop(() => void server.close())
  const { url, consoleURL, tlsURL, edgeAddress, gatewayURL, edgeCaFile, env } = server
  const { CLOUDFLARE_BASE_URL = '', CLOUDFLARE_ACCOUNT_ID = '', CLOUDFLARE_API_TOKEN = '' } = env
  const lines = exportLines({ CLOUDFLARE_BASE_URL, CLOUDFLARE_ACCOUNT_ID, CLOUDFLARE_API_TOKEN })
  const banner = `mockflared ${VERSION} listens on ${url}, its documentation on ${url}/docs`
  const console = consoleURL === '' ? [] : [`its console on ${consoleURL}`]
  const tls = tlsURL === '' ? [] : [describeTls(tlsURL, options)]
  const edge = edgeAddress === '' ? null : { address: edgeAddress, gateway_url: gatewayURL, ca_file: edgeCaFile }
  host.print(
    json
      ? JSON.stringify({ version: VERSION, url, console_url: consoleURL || null, tls_url: tlsURL || null, edge, env })
      : [banner, ...console, lines, ...tls, ...(edge ? [describeEdge(edge)] : [])].join('\n'),
  )
  return server
}

/** The variables and, as comments, what no variable can set. */
function describeTls(url: string, options: Partial<Options>): string {
  const { hostname, port } = new URL(url)
  const address = hostname.replace(/^\[|\]$/g, '')
  return [
    `# with TLS it listens on ${url}, for programs with a fixed https://api.cloudflare.com`,
    exportLines(trustVariables(certificateSource({ ...DEFAULTS, ...options }))),
    `# a line for /etc/hosts: ${address} api.cloudflare.com`,
    port === '' ? '' : '# these programs connect to port 443: --tls-port 443, or a container',
  ]
    .filter(Boolean)
    .join('\n')
}

interface EdgePlace {
  readonly address: string
  readonly gateway_url: string
  readonly ca_file: string
}

/** As comments: the variables differ for each tunnel. */
function describeEdge({ address, gateway_url, ca_file }: EdgePlace): string {
  return [
    `# cloudflared connects to the edge on ${address}, visitors to the gateway on ${gateway_url}`,
    `# the CA of the edge is ${ca_file}`,
    '# the variables for cloudflared tunnel run: eval "$(mockflared env --tunnel NAME)"',
  ].join('\n')
}

async function startWatching(options: Partial<Options>, flags: JsonFlag, host: CliHost): Promise<void> {
  const { seed = [], clock, log } = options
  if (options.workers) throw new Error('--watch needs all worlds in one thread: leave out --workers')
  const files = seedFilesIn(seed, host.workingDirectory)
  if (files.length === 0) throw new Error('--watch: no --seed is a file; use --seed FILE')

  const { states, reload } = await reloadableSeeds(() => host.validateSeeds(seed, clock))
  const { control } = await start({ ...options, seed: states }, flags, host)
  const reset = async (): Promise<void> => {
    const undo = await reload()
    try {
      await control.reset({ to: 'seed' })
    } catch (error) {
      undo()
      throw error
    }
  }
  host.onStop(watchFiles(files, reset, reporterFor(log, host)))
}
