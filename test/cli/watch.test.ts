import { EventEmitter, once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createControlClient } from '../../src/client.ts'
import { ACCOUNT } from '../support/emulator.ts'
import { run, temporaryFolder } from '../support/run-command.ts'

function seedOf(...names: string[]) {
  return { tunnels: names.map(name => ({ account_tag: ACCOUNT, name })) }
}

/** Starts a server that watches a file. */
async function watch(...args: string[]) {
  const file = join(temporaryFolder({ 'seed.json': { ...seedOf('old'), purpose: 'first' } }), 'seed.json')
  const lines = new EventEmitter()
  const { code, stdout, stderr } = await run(['--watch', '--port', '0', '--seed', file, ...args], {
    onLine: line => lines.emit('line', line),
  })
  const url = stdout.match(/listens on (\S+),/)?.[1] ?? ''
  const control = createControlClient({ url })
  return {
    code,
    stderr,
    file,
    control,
    names: async () => (await control.getState()).tunnels?.map(({ name }) => name),
    /** Writes the file, and returns the next line of the log. */
    write: async (content: string | object): Promise<string> => {
      const nextLine = once(lines, 'line')
      writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content))
      const [line] = await nextLine
      return line
    },
  }
}

describe('--watch', () => {
  it('reloads a seed that changed, and logs one line', async () => {
    const { file, write, names, control } = await watch()

    expect(await names()).toEqual(['old'])
    expect(await write(seedOf('new', 'newer'))).toMatch(
      new RegExp(`^\\[\\d\\d:\\d\\d:\\d\\d\\]: reloaded seed: ${file} changed$`),
    )
    expect((await names())?.toSorted()).toEqual(['new', 'newer'])

    await control.reset({ to: 'empty' })
    await control.reset()
    expect((await names())?.toSorted()).toEqual(['new', 'newer'])
  })

  it('logs an error in the seed, keeps the old state, and reloads the next valid one', async () => {
    const { file, write, names, control } = await watch('--log', 'json')

    expect(JSON.parse(await write(seedOf('twice', 'twice')))).toMatchObject({
      level: 40,
      msg: `seed ${file}: tunnels[1].name: another live tunnel is named "twice"; the state is unchanged`,
    })
    await control.reset()
    expect(await names()).toEqual(['old'])
    expect(JSON.parse(await write('{}'))).toMatchObject({ level: 30, msg: `reloaded seed: ${file} changed` })
    expect(await names()).toEqual([])
  })

  it('fails to start on an invalid seed, and names the file and the place', async () => {
    const folder = temporaryFolder({ 'seed.json': seedOf('twice', 'twice') })
    const file = join(folder, 'seed.json')

    expect((await run(['--watch', '--port', '0', '--seed', file])).stderr).toBe(
      `mockflared: seed ${file}: tunnels[1].name: another live tunnel is named "twice"`,
    )
  })
})
