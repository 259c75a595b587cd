/** Commands that print for as long as they run. */
import { EventEmitter, once } from 'node:events'
import { createServer } from 'node:http'
import { describe, expect, it, onTestFinished } from 'vitest'
import { ACCOUNT } from '../support/emulator.ts'
import { start, startServer } from '../support/run-command.ts'

/** Starts a command. `next` resolves with each line that it prints, in order. */
function follow(url: string, ...args: readonly string[]) {
  const lines: string[] = []
  const printed = new EventEmitter()
  const running = start(args, {
    environment: { MOCKFLARED_URL: url },
    onLine: line => {
      lines.push(line)
      printed.emit('line')
    },
  })
  const next = async (): Promise<string> => {
    if (lines.length === 0) await once(printed, 'line')
    return lines.shift() ?? ''
  }
  return { ...running, next }
}

function list(baseURL: string, query = '') {
  return fetch(`${baseURL}/accounts/${ACCOUNT}/cfd_tunnel${query}`, { headers: { authorization: 'Bearer hush' } })
}

describe('events', () => {
  it('lists the events of a world in one line each', async () => {
    const { run, baseURL } = await startServer({ clock: '2026-01-01T00:00:00Z' })

    expect((await run('events')).stdout).toBe('no events')
    await list(baseURL)
    expect((await run('events')).stdout).toBe(
      '#1 2026-01-01T00:00:00.000000Z request #1 200 cloudflare-tunnel-list-cloudflare-tunnels',
    )
    expect(JSON.parse((await run('events', '--after', '0', '--json')).stdout)).toMatchObject([
      { id: 1, type: 'request' },
    ])
    expect((await run('events', '--after', '1')).stdout).toBe('no events')
  })
})

describe('events --follow', () => {
  it('prints the events after a number, then each event when it happens, until it is stopped', async () => {
    const { url, baseURL, control } = await startServer({ seed: ['every-status'], clock: '2026-01-01T00:00:00Z' })
    await list(baseURL)
    const { next, stop, ended } = follow(url, 'events', '--follow', '--after', '0')

    expect(await next()).toContain('#1 2026-01-01T00:00:00.000000Z request #1 200')
    await control.moveClock({ advance: '1s' })
    expect(await next()).toBe('#2 2026-01-01T00:00:01.000000Z clock_moved from 2026-01-01T00:00:00.000000Z')
    stop()
    expect(await ended).toMatchObject({ code: 0, stderr: '' })
  })

  it('prints one JSON object a line with --json', async () => {
    const { url, baseURL } = await startServer()
    await list(baseURL)
    const { next } = follow(url, 'events', '--follow', '--after', '0', '--json')

    expect(JSON.parse(await next())).toMatchObject({ id: 1, type: 'request', http_status: 200 })
  })

  it('continues after the last event when the connection is lost', async () => {
    const asked: unknown[] = []
    const server = createServer(({ headers }, response) => {
      if (headers.accept !== 'text/event-stream') {
        response.end('[]')
        return
      }
      asked.push(headers['last-event-id'])
      const id = asked.length
      const event = { id, at: '2026-01-01T00:00:00.000000Z', type: 'clock_moved' }
      response.write('event: missed\ndata: {"last_id":0,"next_id":1}\n\n')
      response.end(`id: ${id}\nevent: clock_moved\ndata: ${JSON.stringify(event)}\n\n`)
    }).listen(0, '127.0.0.1')
    onTestFinished(() => {
      server.close()
    })
    await once(server, 'listening')
    const address = server.address()
    const url = `http://127.0.0.1:${typeof address === 'object' && address?.port}`
    const { next, stop, ended } = follow(url, 'events', '--follow')

    expect(await next()).toBe('#1 2026-01-01T00:00:00.000000Z clock_moved')
    expect(await next()).toBe('#2 2026-01-01T00:00:00.000000Z clock_moved')
    stop()
    expect((await ended).stderr).toContain(`mockflared: lost the connection to ${url}; trying again`)
    expect(asked.slice(0, 2)).toEqual(['0', '1'])
  })

  it('fails when no server answers', async () => {
    const { ended } = follow('http://127.0.0.1:1', 'events', '--follow', '--after', '0')

    expect(await ended).toMatchObject({ code: 1, stderr: expect.stringContaining('does not answer') })
  })

  it('ends when the world is deleted', async () => {
    const { url, control } = await startServer()
    const { id } = await control.createWorld()
    const { next, ended } = follow(url, 'events', '--follow', '--after', '0', '--world', id)
    await moveClock(url, id)
    await next()
    await control.deleteWorld({ id })

    expect(await ended).toMatchObject({ code: 1, stderr: expect.stringContaining('answered 410') })
  })
})

/** Moves the clock of a world, which is an event. */
function moveClock(url: string, id: string) {
  return fetch(`${url}/w/${id}/_mockflared/clock`, { method: 'POST', body: '{"advance":"1s"}' })
}

describe('requests --follow', () => {
  it('prints the requests so far, then each when it is over, if it matches', async () => {
    const { url, baseURL } = await startServer()
    await list(baseURL)
    const { next, stop, ended } = follow(url, 'requests', '--follow', '--status', '200')

    expect(await next()).toMatch(/^#1 .* 200 {2}GET /)
    // The follower may not listen yet, so the server is asked until it does.
    const printed = next()
    const asking = setInterval(() => void list(baseURL), 50)
    expect(await printed).toMatch(/^#\d+ .* 200 {2}GET /)
    clearInterval(asking)
    stop()
    expect((await ended).code).toBe(0)
  })
})
