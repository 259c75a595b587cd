/** Recordings: what they hold, and how the console answers from one. */
import { describe, expect, it } from 'vitest'
import { createPlayer } from '../../console/data/recording/player.ts'
import { parseRecording, type Recording } from '../../console/data/recording/recording.ts'
import { selectRequests, summaryOf } from '../../console/data/recording/select-requests.ts'
import type { JournalEntry } from '../../schemas/control/journal.ts'

function entry(id: number, rest: Partial<JournalEntry> = {}): JournalEntry {
  return {
    id,
    at: '2026-01-01T00:00:00.000000Z',
    operation: 'cloudflare-tunnel-create-a-cloudflare-tunnel',
    method: 'POST',
    path: '/accounts/a/cfd_tunnel',
    account_id: 'a',
    tunnel_id: null,
    query: {},
    headers: {},
    body: null,
    status: 200,
    answer: {},
    duration_ms: 1,
    unread: [],
    ...rest,
  }
}

const ENTRIES = [
  entry(1, { body: { name: 'Shop' } }),
  entry(2, { status: 409, unread: ['body.colour'] }),
  entry(3, { method: 'GET', path: '/zones', status: null }),
]

function idsFor(filter: Parameters<typeof selectRequests>[1]): readonly number[] {
  return selectRequests(ENTRIES, filter).map(({ id }) => id)
}

describe('requests of a recording', () => {
  it.each<[Parameters<typeof selectRequests>[1], readonly number[]]>([
    [{}, [1, 2, 3]],
    [{ status: '4xx' }, [2]],
    [{ status: 200 }, [1]],
    [{ unread: true }, [2]],
    [{ unread: false }, [1, 3]],
    [{ text: 'shop' }, [1]],
    [{ method: 'GET' }, [3]],
    [{ path: '/accounts/a' }, [1, 2]],
    [{ before: 3, limit: 1 }, [2]],
    [{ after: 1, limit: 1 }, [2]],
  ])('that match %j are those that the server would find', (filter, ids) => {
    expect(idsFor(filter)).toEqual(ids)
  })

  it('have summaries without bodies', () => {
    expect(summaryOf(entry(1, { unread: ['body.colour'], body: { colour: 'red' } }))).toEqual({
      id: 1,
      at: '2026-01-01T00:00:00.000000Z',
      operation: 'cloudflare-tunnel-create-a-cloudflare-tunnel',
      method: 'POST',
      path: '/accounts/a/cfd_tunnel',
      account_id: 'a',
      tunnel_id: null,
      status: 200,
      duration_ms: 1,
      unread_count: 1,
    })
  })
})

describe('a recording', () => {
  const recording = {
    mockflared_recording: 1,
    results: {
      getOverview: { event_id: 1, clock: { now: 'now', frozen: false, offset_ms: 5, next_due: null }, tunnels: [] },
      listRequests: ENTRIES,
      listEvents: [{ id: 1 }, { id: 2 }],
      listDue: [],
    },
    configurations: {},
  } as unknown as Recording
  const play = createPlayer(recording)

  it('stands still, whatever the clock did', async () => {
    expect(await play('getOverview', { deleted: true })).toMatchObject({ clock: { frozen: true, offset_ms: null } })
  })

  it('answers with what was read, filtered', async () => {
    expect(await play('listDue', {})).toEqual([])
    expect(await play('listEvents', { after: 1 })).toEqual([{ id: 2 }])
    expect(await play('getRequest', { id: 2 })).toBe(ENTRIES[1])
  })

  it('says that a request is missing', async () => {
    await expect(play('getRequest', { id: 99 })).rejects.toThrow('the recording has no request 99')
  })

  it('refuses every change', async () => {
    await expect(play('reset', {})).rejects.toThrow('a recording cannot answer reset: close it to ask the server')
  })

  it('is told from other files', () => {
    expect(parseRecording('{"mockflared_recording":1}')).toEqual({ mockflared_recording: 1 })
    expect(() => parseRecording('{"tunnels":[]}')).toThrow('This file is not a recording of mockflared.')
    expect(() => parseRecording('nothing')).toThrow('This file is not a recording of mockflared.')
    expect(() => parseRecording('{"mockflared_recording":2}')).toThrow('This recording has the version 2.')
  })
})
