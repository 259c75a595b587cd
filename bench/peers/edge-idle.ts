/**
 * Connectors with four idle connections each, up to 25 a tunnel, the most that a tunnel may have:
 *
 *     node edge-idle.ts EDGE_PORT CA_FILE TOKEN …
 */
import { readFileSync } from 'node:fs'
import { argv, stdout } from 'node:process'
import { FakeConnector } from '../../test/support/edge/fake-connector.ts'

const CONNECTORS = 25

const [, , port, caFile = '', ...tokens] = argv
const ca = readFileSync(caFile, 'utf8')
for (const token of tokens)
  for (let nth = 0; nth < CONNECTORS; nth += 1) await new FakeConnector({ port: Number(port), ca, token }).connectAll()
// The benchmark waits for the URL of a peer.
stdout.write(`http://127.0.0.1:${port}\n`)
