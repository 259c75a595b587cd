import type { Command } from 'commander'
import type { WorldSummary } from '../../../schemas/control/world.ts'
import { createControlClient } from '../../client.ts'
import { environmentFor } from '../../config/client-env.ts'
import { columns, counted } from '../action.ts'
import type { CliHost } from '../host.ts'
import { setRemoteAction } from '../remote.ts'
import { exportLines } from '../variables.ts'

interface CreateFlags {
  readonly from: string
  readonly reuse?: true
}

export function addWorlds(program: Command, host: CliHost): void {
  const worlds = program
    .command('world')
    .alias('worlds')
    .helpCommand(false)
    .description('Create, list or delete isolated copies of all state')

  const list = worlds.command('list', { isDefault: true }).description('List the worlds (the default)')
  setRemoteAction(list, host, async ({ control }) => {
    const listed = await control.listWorlds()
    return { text: columns(listed.map(row)), json: listed }
  })

  const create = worlds
    .command('create')
    .description('Create a world, and print the variables that point clients at it')
    .argument('[ID]', 'Its id [random]')
    .option('--from <STATE>', 'seed, empty, current (a copy) or the name of a snapshot [seed]', 'seed')
    .option('--reuse', 'Use the world with this id as it is, if there is one')
  setRemoteAction<CreateFlags>(create, host, async ({ control, server, args: [id], flags: { from, reuse } }) => {
    const if_exists = reuse ? 'reuse' : 'refuse'
    const world = await (id === undefined
      ? control.createWorld({ from })
      : control.createWorldAs({ id, from, if_exists }))
    const { account_id, token } = await createControlClient({ ...server, world: world.id }).getInfo()
    const variables = environmentFor({ url: server.url, baseURL: world.base_url, account_id, token })
    return {
      text: `# world ${world.id}; delete it with: mockflared world delete ${world.id}\n${exportLines(variables)}`,
      json: { ...world, env: variables },
    }
  })

  const remove = worlds.command('delete').alias('rm').description('Delete a world').argument('<ID>')
  setRemoteAction(remove, host, async ({ control, args: [id = ''] }) => ({
    text: `deleted ${id}`,
    json: await control.deleteWorld({ id }),
  }))
}

function row({ id, now, tunnels, base_url }: WorldSummary): string[] {
  return [id, counted(tunnels, 'tunnel'), now, base_url]
}
