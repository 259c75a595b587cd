/** The command as a process: how soon it answers and how soon it exits; and what the library adds to a program. */
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import {
  COMMAND,
  freePort,
  LIBRARY,
  NODE_HTTP,
  startQuiet,
  startServer,
  TUNNELS,
  timeToExit,
  timeToFirstResponse,
} from '../process.ts'
import { difference, interleaved, plain, type Row, ratio } from '../row.ts'
import { openapiFile } from '../samples.ts'

const PRISM = createRequire(import.meta.url).resolve('@stoplight/prism-cli/dist/index.js')
/** Prism ignores the base path of the description and requires the parameters that have a default. */
const PRISM_PATH = `${TUNNELS.replace('/client/v4', '')}?page=1&per_page=20`

export const start: Row = {
  id: 'start',
  unit: 'ms',
  measure: async ({ rounds }) => {
    const description = await openapiFile()
    return interleaved(rounds, {
      node: () => timeToFirstResponse([NODE_HTTP]),
      'mockflared, text log': () => timeToFirstResponse([COMMAND, '--port', '0']),
      mockflared: () => timeToFirstResponse([COMMAND, '--port', '0', '--log', 'off']),
      prism: async () =>
        timeToFirstResponse([PRISM, 'mock', '--port', String(await freePort()), description], PRISM_PATH),
    })
  },
  figures: [
    {
      what: 'start: from spawn to the first 200 / bare Node `http`',
      unit: '×',
      atMost: 3.5,
      failsAt: 12,
      of: ratio('mockflared', 'node'),
    },
    { what: 'the same with the text log', unit: '×', of: ratio('mockflared, text log', 'node') },
    { what: 'start of Prism / start', unit: '×', atLeast: 4, failsAt: 1.5, of: ratio('prism', 'mockflared') },
    { what: 'start', unit: 'ms', of: plain('mockflared') },
  ],
}

export const stop: Row = {
  id: 'stop',
  unit: 'ms',
  measure: ({ rounds }) =>
    interleaved(rounds, {
      node: async () => (await startServer([NODE_HTTP])).stop(),
      mockflared: async () => (await startQuiet()).stop(),
    }),
  figures: [
    { what: 'stop: from SIGTERM to exit, without connections', unit: 'ms', atMost: 100, of: plain('mockflared') },
    { what: 'the same / bare Node `http`', unit: '×', failsAt: 30, of: ratio('mockflared', 'node') },
  ],
}

export const imports: Row = {
  id: 'import',
  unit: 'ms',
  measure: ({ rounds }) =>
    interleaved(rounds, {
      node: () => timeToExit(''),
      mockflared: () => timeToExit(`await import(${JSON.stringify(pathToFileURL(LIBRARY))})`),
    }),
  figures: [
    {
      what: 'import of the library, on top of bare Node',
      unit: 'ms',
      atMost: 150,
      of: difference('mockflared', 'node'),
    },
    { what: 'Node with the library / bare Node', unit: '×', failsAt: 8, of: ratio('mockflared', 'node') },
  ],
}
