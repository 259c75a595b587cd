/** Same seed, same requests, same bytes: so a failing run of a test suite can be repeated. */
import type { InjectOptions } from 'fastify'
import { describe, expect, it } from 'vitest'
import { OPERATION_NAMES, OPERATIONS } from '../../schemas/control/operations.ts'
import type { EmulatorOptions } from '../../src/emulator/emulator.ts'
import { ACCOUNT } from '../support/emulator.ts'
import { startFrozen } from '../support/frozen-emulator.ts'

const TUNNELS = `/client/v4/accounts/${ACCOUNT}/cfd_tunnel`
const CONTROL = '/_mockflared'

type Call = readonly [method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', url: string, payload?: object]

/** Every GET of the control plane, with the ids of the calls. */
const READS: readonly Call[] = OPERATION_NAMES.map(name => OPERATIONS[name].route)
  .filter(([method]) => method === 'GET')
  .map(([method, path]) => [method, `${CONTROL}${path}`.replace(':account_id', ACCOUNT).replace(':id', '1')])

/**
 * Requests to the API and the control plane. ID is the tunnel of the first, CONNECTOR the connector
 * of the second.
 */
const CALLS: readonly Call[] = [
  ['POST', TUNNELS, { name: 'blog', config_src: 'cloudflare' }],
  ['POST', `${CONTROL}/accounts/${ACCOUNT}/tunnels/ID/connectors`, {}],
  ['GET', `${TUNNELS}/ID`],
  ['POST', `${CONTROL}/clock`, { advance: '90s' }],
  ['PUT', `${TUNNELS}/ID/configurations`, { config: { ingress: [{ service: 'hello_world' }] } }],
  ['GET', `${TUNNELS}/ID/connections`],
  ['POST', `${TUNNELS}/ID/management`, { resources: ['logs'] }],
  ['POST', `${TUNNELS}/ID/management/admin`],
  ['GET', `${CONTROL}/management-key`],
  ['GET', `${TUNNELS}/ID/token`],
  ['POST', TUNNELS, { name: 'blog' }],
  ['POST', `${CONTROL}/faults`, { probability: 0.5, effect: { error: { status: 429, code: 971 } } }],
  ['GET', TUNNELS],
  ['GET', TUNNELS],
  ['GET', TUNNELS],
  ['DELETE', `${CONTROL}/faults`],
  ['POST', `${CONTROL}/accounts/${ACCOUNT}/tunnels/ID/connectors/CONNECTOR/disconnect`, { graceful: false }],
  ['PATCH', `${TUNNELS}/ID`, { name: 'news' }],
  ['GET', '/client/v4/zones'],
  ['POST', `${CONTROL}/snapshots`, { name: 'NAME' }],
  ['POST', `${CONTROL}/worlds`],
  ...READS,
]

async function bytesOf(options: EmulatorOptions = {}): Promise<readonly string[]> {
  const { emulator } = await startFrozen(options)
  const idOf = (body: string): string => /"id":"([^"]+)"/.exec(body)?.[1] ?? ''
  const answers: string[] = []
  const bodies: string[] = []

  for (const [method, url, payload] of CALLS) {
    const [tunnel = '', connector = ''] = bodies.map(idOf)
    const request: InjectOptions = {
      method,
      url: url
        .replace(/ID|:tunnel_id/, tunnel)
        .replace('CONNECTOR', connector)
        .replace(':name', 'NAME'),
      headers: { authorization: 'Bearer token' },
      ...(payload && { payload }),
    }
    const { statusCode, headers, body } = await emulator.inject(request)
    const { date, ...others } = headers
    bodies.push(body)
    answers.push(`${statusCode} ${JSON.stringify(others)} ${body}`)
  }
  return answers
}

describe('the same requests', () => {
  it('give the same bytes with the same random seed and clock', async () => {
    const [some, others] = [await bytesOf(), await bytesOf()]

    expect(some).toHaveLength(21 + READS.length)
    expect(others).toEqual(some)
    expect(some.filter(answer => answer.startsWith('5'))).toEqual([])
    expect(some.filter(answer => /^\d+ \{[^{}]*"cf-ray"/.test(answer))).toHaveLength(13)
  })

  it('give the same bytes when they are sent at the same time', async () => {
    const [some, others] = await Promise.all([bytesOf(), bytesOf()])

    expect(others).toEqual(some)
  })

  it('give other random values with another random seed', async () => {
    const [some, others] = [await bytesOf(), await bytesOf({ random_seed: 2 })]
    const same = CALLS.filter((call, index) => !READS.includes(call) && some[index] === others[index])

    // Chance decides how often the fault acts, and so how many events come before the other results.
    expect(same.map(([method, url]) => `${method} ${url}`)).toEqual([`POST ${CONTROL}/clock`, `POST ${CONTROL}/faults`])
  })

  it('give other times at another time', async () => {
    const [some, others] = [await bytesOf(), await bytesOf({ clock: '2026-01-02T00:00:00Z' })]

    expect(others[0]).not.toBe(some[0])
    expect(others[0]?.replaceAll('2026-01-02', '2026-01-01')).toBe(some[0])
  })
})
