import type { FastifyRequest } from 'fastify'
import { consoleMode } from '../config/console-mode.ts'
import { reasonToRefuseShell } from '../control/access.ts'
import type { ConsoleRefusal } from '../http/console/routes.ts'

/** Why a caller does not get the console; undefined if it may have it. */
export function refusalOfConsole(request: FastifyRequest): ConsoleRefusal | undefined {
  const settings = request.emulator.control
  const reason = reasonToRefuseShell(request, settings)
  if (reason !== undefined) return { status: 403, sentence: `The console is not shown here: ${reason}.` }
  if (consoleMode(settings) !== 'off') return undefined
  const option = settings.control === 'off' ? '--control on' : '--console on'
  return { status: 404, sentence: `The console is off: start the server with ${option}.` }
}
