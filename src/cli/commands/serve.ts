import type { Command } from 'commander'
import { OPTION_NAMES, type Options } from '../../config/options.ts'
import { overview, type Settings } from '../../config/resolve.ts'
import { VERSION } from '../../config/version.ts'
import { columns, does } from '../action.ts'
import type { Shell } from '../host.ts'
import { addOptionFlags, settingsOf } from '../option-flags.ts'
import { filesOf, tellerFor, watchFiles } from '../watch-seeds.ts'

interface ServeFlags {
  readonly printConfig?: true
  readonly watch?: true
}

export function addServe(program: Command, shell: Shell): Command {
  const serve = program
    .command('serve', { isDefault: true })
    .description('Start a server: what happens when no verb is given')
  addOptionFlags(serve, OPTION_NAMES)
  serve
    .option('--print-config', 'Print each option and where its value comes from, and leave')
    .option('--watch', 'Start anew from the seeds when one of their files changes')
  does<ServeFlags>(serve, async ({ flags }) => {
    const settings = await settingsOf(serve, shell)
    if (flags.printConfig) return shell.print(printed(settings))
    await (flags.watch ? startWatching : start)({ log: 'text', ...settings.options }, shell)
  })
  return serve
}

function printed(settings: Settings): string {
  const rows = overview(settings)
  if (settings.options.log === 'json') {
    return JSON.stringify(Object.fromEntries(rows.map(({ name, value, source }) => [name, { value, source }])), null, 2)
  }
  return columns(rows.map(({ name, value, source }) => [name, inWords(value), source]))
}

function inWords(value: unknown): string {
  return (value === null ? '' : String(value)) || 'none'
}

async function start(options: Partial<Options>, shell: Shell) {
  const emulator = await shell.createEmulator(options)
  shell.onStop(() => void emulator.close())
  shell.print(
    `mockflared ${VERSION} listens on ${emulator.url}, its documentation on ${emulator.url}/docs
export CLOUDFLARE_BASE_URL=${emulator.baseURL}
export CLOUDFLARE_API_TOKEN=${options.auth === 'strict' ? 'one-of-your-seed' : 'any-token'}`,
  )
  return emulator
}

async function startWatching(options: Partial<Options>, shell: Shell): Promise<void> {
  const files = filesOf(options.seed ?? [], shell.folder)
  if (files.length === 0) throw new Error('--watch: no --seed is a file')

  const { plantedSeeds } = await import('../seed-reload.ts')
  const { states, refresh } = plantedSeeds(options.seed ?? [], options.clock)
  const { control } = await start({ ...options, seed: states }, shell)
  const plant = async (): Promise<void> => {
    const undo = refresh()
    try {
      await control.reset({ to: 'seed' })
    } catch (error) {
      undo()
      throw error
    }
  }
  shell.onStop(watchFiles(files, plant, tellerFor(options.log, shell)))
}
