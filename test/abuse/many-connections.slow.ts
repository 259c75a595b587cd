/**
 * Many connections that misbehave. Other clients are still served, and memory returns afterwards.
 */

import type { Socket } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { State } from '../../schemas/state.ts'
import { ACCOUNT } from '../support/emulator.ts'
import { expectValidWorld } from '../support/property/invariants.ts'
import { HEADERS, post, sendAndReset, startServerUnderAttack, TUNNELS } from '../support/server-under-attack.ts'

const MEBIBYTE = 1024 * 1024

function writeAll(sockets: readonly Socket[], bytes: Buffer | string): void {
  for (const socket of sockets) socket.write(bytes)
}

let server: Awaited<ReturnType<typeof startServerUnderAttack>>
beforeAll(async () => {
  server = await startServerUnderAttack()
})
beforeEach(() => server.control('POST', '/reset', { to: 'empty' }))
afterAll(() => server.stop())

describe('the server withstands', () => {
  it('3,000 connections that send nothing', async () => {
    const { openMany, expectToWithstand } = server

    await expectToWithstand(() => openMany(3_000))
  })

  it('500 clients that send their headers byte by byte', async () => {
    const { openMany, expectToWithstand } = server

    await expectToWithstand(async () => {
      const sockets = await openMany(500)
      for (const byte of `GET ${TUNNELS} HTTP/1.1`) {
        writeAll(sockets, byte)
        await setTimeout(10)
      }
      return sockets
    })
  })

  it('200 clients that send half of a large body', async () => {
    const { openMany, expectToWithstand } = server

    await expectToWithstand(async () => {
      const sockets = await openMany(200)
      writeAll(sockets, post('x'.repeat(MEBIBYTE)).subarray(0, MEBIBYTE / 2))
      await setTimeout(1_000)
      return sockets
    })
  })

  it('200 clients with a body that is one byte too long, with a length and in chunks', async () => {
    const { send, expectToWithstand } = server
    const chunk = `10000\r\n${'x'.repeat(0x10000)}\r\n`
    const chunked = `POST ${TUNNELS} HTTP/1.1\r\n${HEADERS}Transfer-Encoding: chunked\r\n\r\n${chunk.repeat(17)}0\r\n\r\n`

    await expectToWithstand(async () => {
      const requests = Array.from({ length: 200 }, (_, nth) => send(nth % 2 ? post('x'.repeat(MEBIBYTE + 1)) : chunked))
      const outcomes = await Promise.allSettled(requests)
      const responses = outcomes.flatMap(outcome => (outcome.status === 'fulfilled' ? outcome.value : []))
      expect(new Set(responses.map(({ status }) => status))).toEqual(new Set([413]))
      return []
    })
  })

  it('50 clients that request a long list twice and never read it', async () => {
    const { openMany, control, expectToWithstand } = server
    const tunnels = Array.from({ length: 1_000 }, (_, nth) => ({ account_tag: ACCOUNT, name: `tunnel-${nth}` }))
    await control('PUT', '/state', { tunnels })

    await expectToWithstand(async () => {
      const sockets = await openMany(50)
      for (const socket of sockets) socket.pause()
      writeAll(sockets, `GET ${TUNNELS} HTTP/1.1\r\n${HEADERS}\r\n`.repeat(2))
      await setTimeout(2_000)
      return sockets
    })
  })

  it('1,000 clients that disconnect before the response, and processes each request completely or not at all', async () => {
    const { port, control, expectToWithstand } = server

    await expectToWithstand(async () => {
      const clients = Array.from({ length: 1_000 }, (_, nth) => sendAndReset(port, post(`{"name":"tunnel-${nth}"}`)))
      await Promise.all(clients)
      return []
    })
    expectValidWorld((await control('GET', '/state')) as State)
  })

  it('10 clients that listen to events and never read them', async () => {
    const { openMany, send, expectToWithstand } = server

    await expectToWithstand(async () => {
      const sockets = await openMany(10)
      for (const socket of sockets) socket.pause()
      writeAll(sockets, 'GET /_mockflared/events HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n')
      const calls = `GET ${TUNNELS} HTTP/1.1\r\n${HEADERS}\r\n`.repeat(2_000)
      expect(await send(calls, 'END\r\n\r\n')).toHaveLength(2_001)
      return sockets
    })
  })
})
