/**
 * Draws `docs/demo.svg`: a terminal that shows the demo. The text is the real output of the
 * commands, with a frozen clock and a fixed random seed. With `--check` it writes nothing, and
 * fails if the picture is out of date.
 */
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { argv, env, execPath, exit, stderr } from 'node:process'

const ROOT = new URL('..', import.meta.url).pathname
const PICTURE = join(ROOT, 'docs/demo.svg')

const SERVE = 'mockflared --seed demo'
const COMMANDS = [
  'eval "$(mockflared env)"',
  'node examples/tunnels.mjs',
  'mockflared disconnect shop-staging',
  'mockflared clock advance 70s | grep changed',
  'mockflared connect preview-branches --colo ams01 --colo fra02',
]

const FONT_PX = 13
const LINE_PX = 19
const COLUMN_PX = 7.8
const MARGIN_PX = 22
const BAR_PX = 36

const COLOURS: Record<string, string> = {
  healthy: '#7ee787',
  degraded: '#e3b341',
  down: '#ff7b72',
  inactive: '#8b949e',
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

/** A folder with the `mockflared` command in it, as in an installed package. */
function commandFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'mockflared-'))
  const script = `#!/bin/sh\nexec '${execPath}' '${join(ROOT, 'src/cli.ts')}' "$@"\n`
  writeFileSync(join(folder, 'mockflared'), script, { mode: 0o755 })
  return folder
}

/** Runs each command, and returns it with its output. */
async function runDemo(): Promise<[string, string][]> {
  const port = await freePort()
  const folder = commandFolder()
  const environment = { PATH: `${folder}:${env.PATH}`, HOME: folder }
  // The server prints the default port but listens on a free one, so that the picture never
  // changes.
  const printed = { MOCKFLARED_PUBLIC_URL: 'http://127.0.0.1:8844', MOCKFLARED_LOG: 'off' }
  const fixed = { MOCKFLARED_CLOCK: '2026-01-01T00:00:00Z', MOCKFLARED_RANDOM_SEED: '1' }
  const options = { cwd: ROOT, env: { ...environment, ...printed, ...fixed, MOCKFLARED_PORT: String(port) } }
  const server = spawn('bash', ['--norc', '-c', `exec ${SERVE}`], { ...options, stdio: ['ignore', 'pipe', 'inherit'] })
  try {
    const [ready] = await once(server.stdout, 'data')
    return [[`${SERVE} &`, String(ready)], ...runCommands(`http://127.0.0.1:${port}`, environment)]
  } finally {
    server.kill()
    rmSync(folder, { recursive: true })
  }
}

/** Runs the commands in order. A later one sees the variables that an earlier one exported. */
function runCommands(url: string, environment: NodeJS.ProcessEnv): [string, string][] {
  return COMMANDS.map((command, index) => {
    const exportCommands = COMMANDS.slice(0, index).filter(earlier => earlier.startsWith('eval '))
    const script = [...exportCommands, command].join('\n')
    const options = { cwd: ROOT, env: { ...environment, MOCKFLARED_URL: url }, encoding: 'utf8' as const }
    return [command, execFileSync('bash', ['--norc', '-euo', 'pipefail', '-c', script], options)]
  })
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}

function colourStatuses(line: string): string {
  return escapeXml(line).replaceAll(
    /\b(healthy|degraded|down|inactive)\b/g,
    status => `<tspan fill="${COLOURS[status]}">${status}</tspan>`,
  )
}

function promptLine(command: string): string {
  return `<tspan fill="#7ee787">$</tspan> <tspan fill="#f0f6fc" font-weight="bold">${escapeXml(command)}</tspan>`
}

function draw(results: [string, string][]): string {
  const plain = results.flatMap(([command, output]) => [`$ ${command}`, ...linesOf(output)])
  const lines = results.flatMap(([command, output]) => [promptLine(command), ...linesOf(output).map(colourStatuses)])
  const width = Math.ceil(Math.max(...plain.map(({ length }) => length)) * COLUMN_PX + 2 * MARGIN_PX)
  const height = BAR_PX + lines.length * LINE_PX + MARGIN_PX
  const texts = lines.map(
    (line, index) =>
      `    <text x="${MARGIN_PX}" y="${BAR_PX + (index + 1) * LINE_PX}" xml:space="preserve">${line}</text>`,
  )
  const windowButtons = ['#ff5f57', '#febc2e', '#28c840'].map(
    (colour, index) => `  <circle cx="${MARGIN_PX + index * 20}" cy="18" r="6" fill="${colour}"/>`,
  )
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">
  <title>A terminal in which mockflared serves its demo</title>
  <rect width="${width}" height="${height}" rx="10" fill="#0d1117" stroke="#30363d"/>
${windowButtons.join('\n')}
  <g fill="#c9d1d9" font-family="ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace" font-size="${FONT_PX}">
${texts.join('\n')}
  </g>
</svg>
`
}

function linesOf(output: string): string[] {
  return output.split('\n').filter(line => line !== '')
}

const picture = draw(await runDemo())
function isStale(): boolean {
  return readFileSync(PICTURE, 'utf8') !== picture
}
if (argv.includes('--check')) {
  if (isStale()) stderr.write('out of date: docs/demo.svg; run node scripts/picture.ts\n')
  exit(isStale() ? 1 : 0)
}
writeFileSync(PICTURE, picture)
