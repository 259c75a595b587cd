/** The command as a process: how soon it answers, how soon it ends; and what the library adds to a program. */
import { createRequire } from 'node:module'
import {
  COMMAND,
  freePort,
  NODE_HTTP,
  NODE_HTTP_COMMONJS,
  startMockflared,
  startServer,
  TUNNELS,
  timeToAnswer,
  timeToEnd,
} from '../process.ts'
import { difference, interleaved, plain, type Row, ratio } from '../row.ts'
import { openapiFile } from '../samples.ts'

const PRISM = createRequire(import.meta.url).resolve('@stoplight/prism-cli/dist/index.js')
/** Prism leaves out the base path that the description names, and insists on parameters that have a default. */
const PRISM_PATH = `${TUNNELS.replace('/client/v4', '')}?page=1&per_page=20`

const LIBRARY = new URL('../../dist/src/index.js', import.meta.url).href

export const start: Row = {
  id: 'start',
  unit: 'ms',
  measure: async ({ rounds }) => {
    const description = await openapiFile()
    return interleaved(rounds, {
      node: () => timeToAnswer([NODE_HTTP]),
      'node, CommonJS': () => timeToAnswer([NODE_HTTP_COMMONJS]),
      mockflared: () => timeToAnswer([COMMAND, '--port', '0', '--log', 'off']),
      prism: async () => timeToAnswer([PRISM, 'mock', '--port', String(await freePort()), description], PRISM_PATH),
    })
  },
  figures: [
    {
      what: 'command, from spawn to the first 200 / bare Node http',
      unit: '×',
      atMost: 2,
      gross: 6,
      of: ratio('mockflared', 'node'),
    },
    {
      what: 'the same / bare Node http as CommonJS, which spares Node a half of its own start',
      unit: '×',
      of: ratio('mockflared', 'node, CommonJS'),
    },
    { what: 'the same of Prism / mockflared', unit: '×', atLeast: 8, gross: 2.5, of: ratio('prism', 'mockflared') },
  ],
}

export const stop: Row = {
  id: 'stop',
  unit: 'ms',
  measure: ({ rounds }) =>
    interleaved(rounds, {
      node: async () => (await startServer([NODE_HTTP])).stop(),
      mockflared: async () => (await startMockflared()).stop(),
    }),
  figures: [
    { what: 'command, from SIGTERM to its end, idle', unit: 'ms', atMost: 100, of: plain('mockflared') },
    { what: 'the same / bare Node http', unit: '×', gross: 30, of: ratio('mockflared', 'node') },
  ],
}

export const imports: Row = {
  id: 'import',
  unit: 'ms',
  measure: ({ rounds }) =>
    interleaved(rounds, {
      node: () => timeToEnd(''),
      mockflared: () => timeToEnd(`await import(${JSON.stringify(LIBRARY)})`),
    }),
  figures: [
    {
      what: 'import of the library, on top of bare Node',
      unit: 'ms',
      atMost: 150,
      of: difference('mockflared', 'node'),
    },
    { what: 'Node with the library / bare Node', unit: '×', gross: 8, of: ratio('mockflared', 'node') },
  ],
}
