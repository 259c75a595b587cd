import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Command } from 'commander'
import { DEFAULT_FILES } from '../../config/config-file.ts'
import { setOutputAction } from '../action.ts'
import type { CliHost } from '../host.ts'
import { STARTER_FILES } from '../starter-files.ts'

interface InitFlags {
  readonly force?: true
}

export function addInit(program: Command, host: CliHost): void {
  const names = Object.keys(STARTER_FILES)
  const init = program
    .command('init')
    .description('Write a configuration file and a seed to start from')
    .option('--force', 'Overwrite files that exist')
  setOutputAction<InitFlags>(init, host, async ({ flags: { force } }) => {
    // The server refuses a second configuration file, so --force does not help there.
    const others = DEFAULT_FILES.filter(name => !names.includes(name))
    const inTheWay = [...others, ...(force ? [] : names)].find(name => existsSync(join(host.workingDirectory, name)))
    if (inTheWay !== undefined) {
      throw new Error(
        `${inTheWay} exists; ${names.includes(inTheWay) ? 'overwrite it with --force' : 'delete it first'}`,
      )
    }
    for (const [name, content] of Object.entries(STARTER_FILES)) {
      writeFileSync(join(host.workingDirectory, name), content)
    }
    return { text: `wrote ${names.join(' and ')}; start with: mockflared`, json: { files: names } }
  })
}
