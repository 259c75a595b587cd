import type { Command } from 'commander'
import type { ClockMoved, ClockReading } from '../../../schemas/control/clock.ts'
import { eventText } from '../../world/event-text.ts'
import type { Output } from '../action.ts'
import { durationParser, timeParser } from '../arguments.ts'
import type { CliHost } from '../host.ts'
import { setRemoteAction } from '../remote.ts'

export function addClock(program: Command, host: CliHost): void {
  const clock = program.command('clock').helpCommand(false).description('Show or change the clock of a world')

  const show = clock.command('show', { isDefault: true }).description('Show the time (the default)')
  setRemoteAction(show, host, async ({ control }) => outputOf(await control.getClock()))

  const freeze = clock
    .command('freeze')
    .description('Freeze the clock')
    .argument('[TIME]', 'At this time [now]', timeParser('clock freeze'))
  setRemoteAction(freeze, host, async ({ control, args: [time] }) =>
    outputOfMove(await control.moveClock({ freeze: time ?? true })),
  )

  const advance = clock
    .command('advance')
    .description('Advance the clock, and run the jobs that become due')
    .argument('<DURATION>', 'By this much, such as 90s, 5m or 1h30m', durationParser('clock advance'))
  setRemoteAction(advance, host, async ({ control, args: [duration = ''] }) =>
    outputOfMove(await control.moveClock({ advance: duration })),
  )

  const set = clock
    .command('set')
    .description('Set the clock to a time')
    .argument('<TIME>', 'A time such as 2026-01-01T00:00:00Z', timeParser('clock set'))
  setRemoteAction(set, host, async ({ control, args: [time = ''] }) =>
    outputOfMove(await control.moveClock({ set: time })),
  )

  const resume = clock.command('resume').description('Let a frozen clock run again')
  setRemoteAction(resume, host, async ({ control }) => outputOfMove(await control.moveClock({ resume: true })))
}

function outputOf(reading: ClockReading): Output {
  return { text: describeClock(reading), json: reading }
}

function outputOfMove({ happened, ...reading }: ClockMoved): Output {
  return {
    text: [describeClock(reading), ...happened.map(event => `  ${event.at} ${eventText(event)}`)]
      .filter(Boolean)
      .join('\n'),
    json: { ...reading, happened },
  }
}

function describeClock({ now, frozen, next_due }: ClockReading): string {
  return `${now}, ${frozen ? 'frozen' : 'running'}; ${next_due === null ? 'nothing is due' : `next due ${next_due}`}`
}
