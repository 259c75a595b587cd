import type { Command } from 'commander'
import type { ClockMoved, ClockReading } from '../../../schemas/control/clock.ts'
import type { WorldEvent } from '../../../schemas/control/event.ts'
import { columns, type Output } from '../action.ts'
import { durationParser, timeParser } from '../arguments.ts'
import type { CliHost } from '../host.ts'
import { setRemoteAction } from '../remote.ts'

export function addClock(program: Command, host: CliHost): void {
  const clock = program.command('clock').helpCommand(false).description('Read the clock of a world, or move it')

  const show = clock.command('show', { isDefault: true }).description('Read it: what happens when no verb is given')
  setRemoteAction(show, host, async ({ control }) => outputOf(await control.getClock()))

  const freeze = clock
    .command('freeze')
    .description('Let it stand still')
    .argument('[TIME]', 'Where; default: now', timeParser('clock freeze'))
  setRemoteAction(freeze, host, async ({ control, args: [time] }) =>
    outputOfMove(await control.moveClock({ freeze: time ?? true })),
  )

  const advance = clock
    .command('advance')
    .description('Move it on')
    .argument('<DURATION>', 'How far: 90s, 5m, 1h30m', durationParser('clock advance'))
  setRemoteAction(advance, host, async ({ control, args: [duration = ''] }) =>
    outputOfMove(await control.moveClock({ advance: duration })),
  )

  const set = clock
    .command('set')
    .description('Move it to an instant')
    .argument('<TIME>', 'Such as 2026-01-01T00:00:00Z', timeParser('clock set'))
  setRemoteAction(set, host, async ({ control, args: [time = ''] }) =>
    outputOfMove(await control.moveClock({ set: time })),
  )

  const resume = clock.command('resume').description('Let it run on from where it stands')
  setRemoteAction(resume, host, async ({ control }) => outputOfMove(await control.moveClock({ resume: true })))
}

function outputOf(reading: ClockReading): Output {
  return { text: describeClock(reading), json: reading }
}

function outputOfMove({ happened, ...reading }: ClockMoved): Output {
  return {
    text: [describeClock(reading), columns(happened.map(row))].filter(Boolean).join('\n'),
    json: { ...reading, happened },
  }
}

function describeClock({ now, frozen, next_due }: ClockReading): string {
  return `${now}, ${frozen ? 'standing still' : 'running'}; ${next_due === null ? 'nothing is due' : `next due ${next_due}`}`
}

function row({ at, type, tunnel_id, connector_id, before, status, reason }: WorldEvent): string[] {
  return [
    `  ${at}`,
    type,
    tunnel_id ? `tunnel ${tunnel_id}` : '',
    [connector_id && `connector ${connector_id}`, before && `${before} →`, status, reason].filter(Boolean).join(' '),
  ]
}
