import type { Command } from 'commander'
import type { WorldEvent } from '../../../schemas/control/event.ts'
import { eventText } from '../../world/event-text.ts'
import { wholeNumberParser } from '../arguments.ts'
import { followEvents } from '../event-stream.ts'
import type { CliHost } from '../host.ts'
import { setRemoteAction } from '../remote.ts'

interface EventsFlags {
  readonly after?: number
  readonly follow?: true
}

export function addEvents(program: Command, host: CliHost): void {
  const events = program
    .command('events')
    .alias('event')
    .description('Show the events of a world: connections lost and back, statuses, requests')
    .option('--after <ID>', 'Only events after the one with this number', wholeNumberParser('--after', 0))
    .option('--follow', 'Print each event when it happens, until you stop it; from now on without --after')
  setRemoteAction<EventsFlags>(events, host, async ({ control, server, flags: { after, follow, json } }) => {
    if (!follow) {
      const listed = await control.listEvents(after === undefined ? {} : { after })
      return { text: listed.map(line).join('\n') || 'no events', json: listed }
    }
    for await (const event of followEvents(server, host, after)) host.print(json ? JSON.stringify(event) : line(event))
    return undefined
  })
}

function line(event: WorldEvent): string {
  return `#${event.id} ${event.at} ${eventText(event)}`
}
