import type { Command } from 'commander'
import type { ClockMoved, ClockReading } from '../../../schemas/control/clock.ts'
import type { WorldEvent } from '../../../schemas/control/event.ts'
import { columns, type Said } from '../action.ts'
import { instant, span } from '../arguments.ts'
import type { Shell } from '../host.ts'
import { asks } from '../remote.ts'

export function addClock(program: Command, shell: Shell): void {
  const clock = program.command('clock').helpCommand(false).description('Read the clock of a world, or move it')

  const show = clock.command('show', { isDefault: true }).description('Read it: what happens when no verb is given')
  asks(show, shell, async ({ control }) => said(await control.getClock()))

  const freeze = clock
    .command('freeze')
    .description('Let it stand still')
    .argument('[TIME]', 'Where; default: now', instant)
  asks(freeze, shell, async ({ control, args: [time] }) => moved(await control.moveClock({ freeze: time ?? true })))

  const advance = clock.command('advance').description('Move it on').argument('<SPAN>', 'How far: 90s, 5m, 36h', span)
  asks(advance, shell, async ({ control, args: [span = ''] }) => moved(await control.moveClock({ advance: span })))

  const set = clock
    .command('set')
    .description('Move it to an instant')
    .argument('<TIME>', 'Such as 2026-01-01T00:00:00Z', instant)
  asks(set, shell, async ({ control, args: [time = ''] }) => moved(await control.moveClock({ set: time })))

  const resume = clock.command('resume').description('Let it run on from where it stands')
  asks(resume, shell, async ({ control }) => moved(await control.moveClock({ resume: true })))
}

function said(reading: ClockReading): Said {
  return { text: words(reading), json: reading }
}

function moved({ happened, ...reading }: ClockMoved): Said {
  return {
    text: [words(reading), columns(happened.map(told))].filter(Boolean).join('\n'),
    json: { ...reading, happened },
  }
}

function words({ now, frozen, next_due }: ClockReading): string {
  return `${now}, ${frozen ? 'standing still' : 'running'}; ${next_due === null ? 'nothing is due' : `next due ${next_due}`}`
}

function told({ at, type, tunnel_id, connector_id, before, status, reason }: WorldEvent): string[] {
  return [
    `  ${at}`,
    type,
    tunnel_id ? `tunnel ${tunnel_id}` : '',
    [connector_id && `connector ${connector_id}`, before && `${before} →`, status, reason].filter(Boolean).join(' '),
  ]
}
