/** Many connections that do not behave: others are served meanwhile, and memory returns. */

import type { Socket } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { State } from '../../schemas/state.ts'
import { HEADERS, hitAndRun, post, startAttacked, TUNNELS } from '../support/attacked.ts'
import { ACCOUNT } from '../support/emulator.ts'
import { expectSound } from '../support/property/invariants.ts'

const MEBIBYTE = 1024 * 1024

function send(sockets: readonly Socket[], bytes: Buffer | string): void {
  for (const socket of sockets) socket.write(bytes)
}

let server: Awaited<ReturnType<typeof startAttacked>>
beforeAll(async () => {
  server = await startAttacked()
})
beforeEach(() => server.control('POST', '/reset', { to: 'empty' }))
afterAll(() => server.stop())

describe('a crowd of', () => {
  it('3,000 connections that say nothing', async () => {
    const { crowd, withstand } = server

    await withstand(() => crowd(3_000))
  })

  it('500 clients that send their headers byte by byte', async () => {
    const { crowd, withstand } = server

    await withstand(async () => {
      const sockets = await crowd(500)
      for (const byte of `GET ${TUNNELS} HTTP/1.1`) {
        send(sockets, byte)
        await setTimeout(10)
      }
      return sockets
    })
  })

  it('200 clients that send half of a big body', async () => {
    const { crowd, withstand } = server

    await withstand(async () => {
      const sockets = await crowd(200)
      send(sockets, post('x'.repeat(MEBIBYTE)).subarray(0, MEBIBYTE / 2))
      await setTimeout(1_000)
      return sockets
    })
  })

  it('200 clients with a body that is a byte too long, with a length and in chunks', async () => {
    const { ask, withstand } = server
    const chunk = `10000\r\n${'x'.repeat(0x10000)}\r\n`
    const chunked = `POST ${TUNNELS} HTTP/1.1\r\n${HEADERS}Transfer-Encoding: chunked\r\n\r\n${chunk.repeat(17)}0\r\n\r\n`

    await withstand(async () => {
      const asked = Array.from({ length: 200 }, (_, nth) => ask(nth % 2 ? post('x'.repeat(MEBIBYTE + 1)) : chunked))
      const answers = await Promise.allSettled(asked)
      const statuses = answers.flatMap(answer => (answer.status === 'fulfilled' ? answer.value : []))
      expect(new Set(statuses.map(({ status }) => status))).toEqual(new Set([413]))
      return []
    })
  })

  it('50 clients that ask for a long list twice and never read it', async () => {
    const { crowd, control, withstand } = server
    const tunnels = Array.from({ length: 1_000 }, (_, nth) => ({ account_tag: ACCOUNT, name: `tunnel-${nth}` }))
    await control('PUT', '/state', { tunnels })

    await withstand(async () => {
      const sockets = await crowd(50)
      for (const socket of sockets) socket.pause()
      send(sockets, `GET ${TUNNELS} HTTP/1.1\r\n${HEADERS}\r\n`.repeat(2))
      await setTimeout(2_000)
      return sockets
    })
  })

  it('1,000 clients that leave before they have their answer; what they asked for is done wholly or not at all', async () => {
    const { port, control, withstand } = server

    await withstand(async () => {
      const clients = Array.from({ length: 1_000 }, (_, nth) => hitAndRun(port, post(`{"name":"tunnel-${nth}"}`)))
      await Promise.all(clients)
      return []
    })
    expectSound((await control('GET', '/state')) as State)
  })

  it('10 clients that listen to events and never read them', async () => {
    const { crowd, ask, withstand } = server

    await withstand(async () => {
      const sockets = await crowd(10)
      for (const socket of sockets) socket.pause()
      send(sockets, 'GET /_mockflared/events HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n')
      const calls = `GET ${TUNNELS} HTTP/1.1\r\n${HEADERS}\r\n`.repeat(2_000)
      expect(await ask(calls, 'END\r\n\r\n')).toHaveLength(2_001)
      return sockets
    })
  })
})
