/** What clients get through nginx and HAProxy, compared with what a replica answers itself. */
import { stdout } from 'node:process'
import Cloudflare from 'cloudflare'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { WorldSummary } from '../../schemas/control/world.ts'
import { createControlClient } from '../../src/client.ts'
import { ACCOUNT } from '../support/emulator.ts'
import { BALANCERS, skipReason } from '../support/fleet/balancers.ts'
import { type Fleet, type Replica, startFleet } from '../support/fleet/fleet.ts'
import { listenTo } from '../support/listen-to-events.ts'

const TUNNELS = `/client/v4/accounts/${ACCOUNT}/cfd_tunnel`
const JOBS = Array.from({ length: 300 }, (_, nth) => `job-${nth}`)
const EVENTS = 20
/** HAProxy holds an event for 200 ms unless it is told not to. */
const MAX_EVENT_MS = 100

async function send(url: string, method = 'GET', body?: object | string, headers: Record<string, string> = {}) {
  const response = await fetch(url, {
    method,
    headers: { authorization: 'Bearer token', ...headers },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  return { status: response.status, type: response.headers.get('content-type'), text: await response.text() }
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}

describe.each(BALANCERS)('%s', name => {
  const reason = skipReason(name)

  describe.skipIf(reason)(`${reason && `SKIPPED: ${reason}: `}before three replicas`, () => {
    let fleet: Fleet
    beforeAll(async () => {
      fleet = await startFleet(name)
    })
    afterAll(() => fleet.close())

    const claim = (id: string) => send(`${fleet.url}/_mockflared/worlds/${id}`, 'PUT', { from: 'seed' })

    /** Creates a world through the balancer. Its addresses there, and at the replica that has it. */
    const createWorld = async (id: string) => {
      expect(await claim(id)).toMatchObject({ status: 200 })
      const lists = await Promise.all(fleet.replicas.map(({ worlds }) => worlds()))
      const replica = fleet.replicas[lists.findIndex(ids => ids.includes(id))] as Replica
      return { through: `${fleet.url}/w/${id}`, direct: `${replica.url}/w/${id}`, replica }
    }

    it('sends each of 300 worlds to the replica that has it, and a fair part to each', async () => {
      const created = await Promise.all(JOBS.map(claim))
      const found = await Promise.all(JOBS.map(id => send(`${fleet.url}/w/${id}${TUNNELS}`)))
      const lists = await Promise.all(fleet.replicas.map(({ worlds }) => worlds()))
      const parts = lists.map(ids => ids.length)

      expect(new Set(created.map(({ status }) => status))).toEqual(new Set([200]))
      expect(new Set(found.map(({ status }) => status))).toEqual(new Set([200]))
      expect(lists.flat().toSorted()).toEqual(JOBS.toSorted())
      stdout.write(`${name}: ${parts.join(' + ')} of ${JOBS.length} worlds\n`)
      expect(Math.min(...parts)).toBeGreaterThan(JOBS.length / 10)

      const deleted = await Promise.all(JOBS.map(id => send(`${fleet.url}/_mockflared/worlds/${id}`, 'DELETE')))
      expect(new Set(deleted.map(({ status }) => status))).toEqual(new Set([200]))
      expect((await Promise.all(fleet.replicas.map(({ worlds }) => worlds()))).flat()).toEqual([])
    })

    it('returns addresses of the balancer for a new world', async () => {
      expect(JSON.parse((await claim('addresses')).text)).toMatchObject({
        base_url: `${fleet.url}/w/addresses/client/v4`,
        control_url: `${fleet.url}/w/addresses/_mockflared`,
      })
    })

    it.each([
      ['a body of 1.1 MB', '', 'POST', JSON.stringify({ name: 'x'.repeat(1_100_000) }), {}, 413],
      ['a URL of 9 kB', `?name=${'x'.repeat(9_000)}`, 'GET', undefined, {}, 200],
      ['a header of 9 kB', '', 'GET', undefined, { 'x-large': 'x'.repeat(9_000) }, 200],
      ['headers of 20 kB', '', 'GET', undefined, { 'x-large': 'x'.repeat(20_000) }, 431],
    ] as const)('passes %s on, as mockflared answers it', async (what, query, method, body, headers, status) => {
      const { through, direct } = await createWorld(what.replaceAll(/\W/g, '-'))
      const answer = await send(`${through}${TUNNELS}${query}`, method, body, headers)

      expect(answer).toMatchObject({ status, type: expect.stringContaining('application/json') })
      expect(answer).toEqual(await send(`${direct}${TUNNELS}${query}`, method, body, headers))
    })

    it.each([{ error: { status: 503, code: 1000 } }, { html: 502 }, { html: 504 }])(
      'passes the injected fault %j on unchanged',
      async effect => {
        const { through, direct } = await createWorld(`fault-${JSON.stringify(effect).replaceAll(/\W/g, '-')}`)
        await send(`${through}/_mockflared/faults`, 'POST', { effect })
        const [status] = [('error' in effect ? effect.error.status : effect.html) as number]

        const answer = await send(`${through}${TUNNELS}`)
        expect(answer.status).toBe(status)
        expect(answer).toEqual(await send(`${direct}${TUNNELS}`))
      },
    )

    it('sends /W/{id} to no world', async () => {
      const { through } = await createWorld('upper-case')

      expect(await send(`${through}${TUNNELS}`)).toMatchObject({ status: 200 })
      expect(await send(`${through.replace('/w/', '/W/')}${TUNNELS}`)).toMatchObject({ status: 404 })
    })

    it('keeps copies and worlds without a name where clients find them', async () => {
      const { through, replica } = await createWorld('forked')
      await send(`${through}/_mockflared/snapshots`, 'POST', { name: 'saved' })
      const created = await Promise.all([
        send(`${through}/_mockflared/worlds/forked.copy`, 'PUT', { from: 'current' }),
        send(`${through}/_mockflared/worlds/forked.saved`, 'PUT', { from: 'saved' }),
        ...JOBS.slice(0, 10).map(() => send(`${through}/_mockflared/worlds`, 'POST', { from: 'current' })),
        ...JOBS.slice(0, 10).map(() => send(`${fleet.url}/_mockflared/worlds`, 'POST', { from: 'current' })),
      ])
      const worlds = created.map(({ text }): WorldSummary => JSON.parse(text))
      const found = await Promise.all(worlds.map(({ base_url }) => send(`${base_url}/accounts/${ACCOUNT}/cfd_tunnel`)))

      expect(new Set(found.map(({ status }) => status))).toEqual(new Set([200]))
      expect(await replica.worlds()).toEqual(expect.arrayContaining(['forked', 'forked.copy', 'forked.saved']))
      const elsewhere = await send(`${through}/_mockflared/worlds/other`, 'PUT', { from: 'current' })
      expect(elsewhere).toMatchObject({ status: 409, text: expect.stringContaining('call it forked.other') })
      for (const { id } of worlds) await send(`${fleet.url}/_mockflared/worlds/${id}`, 'DELETE')
    })

    it('sends events when they happen', async () => {
      const { through, direct } = await createWorld('events')
      const delaysOf = async (url: string): Promise<number[]> => {
        const events = await listenTo(`${url}/_mockflared`)
        const delays: number[] = []
        for (let nth = 0; nth < EVENTS; nth++) {
          const started = performance.now()
          await send(`${direct}${TUNNELS}`, 'POST', { name: `${new URL(url).host}-${nth}` })
          // One for the tunnel, and one for the request.
          await events.next(2)
          delays.push(performance.now() - started)
        }
        return delays
      }
      const [late, early] = [median(await delaysOf(through)), median(await delaysOf(direct))]

      stdout.write(`${name}: an event ${late.toFixed(1)} ms after its request, directly ${early.toFixed(1)} ms\n`)
      expect(late).toBeLessThan(MAX_EVENT_MS)
    })

    describe('with one that is down', () => {
      let [lost, kept]: string[] = []
      beforeAll(async () => {
        await Promise.all(JOBS.map(claim))
        const [first, second] = fleet.replicas
        ;[[kept = ''] = [], [lost = ''] = []] = [await first?.worlds(), await second?.worlds()]
        await second?.stop('SIGKILL')
      })
      afterAll(() => fleet.replicas[1]?.start())

      it('answers clients of the API with an error that the SDK repeats', async () => {
        const baseURL = `${fleet.url}/w/${lost}/client/v4`
        const { cloudflared } = new Cloudflare({ apiToken: 'token', baseURL, maxRetries: 0 }).zeroTrust.tunnels

        await expect(cloudflared.create({ account_id: ACCOUNT, name: 'shop' })).rejects.toMatchObject({
          status: 503,
          errors: [{ code: 10503, message: 'The replica of this world does not respond; try again' }],
        })
        expect((await fetch(baseURL)).headers.get('retry-after')).toBe('2')
      })

      it('answers clients of the control plane with a message', async () => {
        const client = createControlClient({ url: fleet.url, world: lost })

        await expect(client.moveClock({ advance: '1s' })).rejects.toMatchObject({
          status: 503,
          message: 'The replica of this world does not respond; try again',
        })
      })

      it('serves the worlds of the others', async () => {
        expect(await send(`${fleet.url}/w/${kept}${TUNNELS}`)).toMatchObject({ status: 200 })
        expect(await send(`${fleet.url}/balancer`)).toMatchObject({ status: 200 })
      })
    })
  })
})
