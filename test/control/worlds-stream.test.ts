import { performance } from 'node:perf_hooks'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import type { EmulatorOptions } from '../../src/emulator/emulator.ts'
import { startFrozen } from '../support/frozen-emulator.ts'
import { listenTo } from '../support/listen-to-events.ts'

async function start(options: EmulatorOptions = {}) {
  const started = await startFrozen({ listen: true, port: 0, ...options })
  const { nextBlock } = await listenTo(`${started.emulator.url}/_mockflared`, undefined, '?worlds=all')
  /** The ids in the next event; none when the stream has ended. */
  const next = async (): Promise<string[]> => {
    const [type, data] = await nextBlock()
    if (data === undefined) return []
    expect(type).toBe('event: worlds_changed')
    return JSON.parse(data.slice('data: '.length)).world_ids
  }
  return { ...started, next }
}

describe('the stream of all worlds', () => {
  it('has a world that is created, changed and deleted', async () => {
    const { control, create, next } = await start()
    await control.createWorldAs({ id: 'job-1' })
    expect(await next()).toEqual(['main', 'job-1'])

    await create('blog', 'job-1')
    expect(await next()).toEqual(['job-1'])
    await control.deleteWorld({ id: 'job-1' })
    expect(await next()).toEqual(['main', 'job-1'])
  })

  it('has a world that there was before, also after its reset', async () => {
    const { control, create, emulator } = await start()
    const { id } = await control.createWorld()
    await create('blog', id)
    const { nextBlock } = await listenTo(`${emulator.url}/_mockflared`, undefined, '?worlds=all')
    await emulator.controlOf(id).reset()
    expect((await nextBlock())[1]).toBe(`data: {"world_ids":["${id}"]}`)

    await create('shop', id)
    expect((await nextBlock())[1]).toBe(`data: {"world_ids":["${id}"]}`)
  })

  it('collects many changes in one event', async () => {
    const { create, next } = await start()
    for (const name of ['a', 'b', 'c']) await create(name)
    expect(await next()).toEqual(['main'])

    await create('d')
    expect(await next()).toEqual(['main'])
  })

  it('keeps no world, and has one that was unused for too long', async () => {
    const { control, next } = await start({ world_idle_ms: 60_000 })
    const { id } = await control.createWorld()
    await next()
    const later = performance.now() + 60_001
    const realTime = vi.spyOn(performance, 'now').mockImplementation(() => later)
    onTestFinished(() => realTime.mockRestore())

    expect(await next()).toEqual(['main', id])
  })

  it('ends when the server closes', async () => {
    const { emulator, next } = await start()
    await emulator.close()

    expect(await next()).toEqual([])
  })
})
