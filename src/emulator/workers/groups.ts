import type { Options } from '../../../schemas/options.ts'
import { databaseOfGroup } from '../../config/group-folders.ts'
import type { Figures } from '../../http/context.ts'
import type { Directory } from './directory.ts'
import { type Group, type Running, startGroup } from './group.ts'
import type { Announcement, PublicUrls } from './protocol.ts'

interface GroupsOptions {
  readonly options: Options
  readonly key: string
  readonly directory: Directory
  readonly urls: () => PublicUrls | undefined
}

/** The threads of all groups. Each starts again when it ends. */
export type Groups = Awaited<ReturnType<typeof startGroups>>

/** Rejects if a thread cannot start, and then none runs. */
export async function startGroups({ options, key, directory, urls }: GroupsOptions) {
  const all: Group[] = []

  const warn = (line: string): void => {
    const running = all.map(group => group.running()).find(Boolean)
    void running?.call('warn', line).catch(() => {})
  }
  /** The first group has the main world, and so the events about all worlds. */
  const announce = async (group: number, event: Announcement): Promise<void> => {
    if (group !== 0) await all[0]?.running()?.call('announce', event)
  }
  const announceLater = (group: number, event: Announcement): void => void announce(group, event).catch(() => {})

  const start = async (number: number): Promise<Group> => {
    let lost: readonly string[] = []
    return startGroup({
      number,
      options: optionsOfGroup(options, number),
      key,
      urls,
      onWorldEnd: event => {
        if (directory.find(event.world_id) !== number) return
        directory.remove(event.world_id)
        announceLater(number, event)
      },
      onDeath: () => {
        lost = directory.removeAll(number)
      },
      onRevival: (reason, { world_ids }) => {
        for (const id of world_ids) directory.add(id, number)
        const gone = lost.filter(id => !world_ids.includes(id))
        for (const world_id of gone) announceLater(number, { type: 'world_deleted', world_id, reason: 'lost' })
        warn(`worker ${number} ended (${reason}) and started again with ${counted(world_ids)}; lost ${counted(gone)}`)
      },
      warn,
    })
  }
  const stop = (): void => {
    for (const group of all) {
      void group
        .running()
        ?.call('stop')
        .catch(() => {})
      group.stop()
    }
  }
  /** After `stop`: ends the threads, when no client waits for a response. */
  const close = async (): Promise<void> => {
    for (const group of all)
      void group
        .running()
        ?.call('close')
        .catch(() => {})
    await Promise.all(all.map(group => group.ended))
  }

  const started = await Promise.allSettled(Array.from({ length: options.workers }, (_group, number) => start(number)))
  for (const result of started) if (result.status === 'fulfilled') all.push(result.value)
  const failure = started.find(result => result.status === 'rejected')
  if (failure) {
    stop()
    await close()
    throw failure.reason
  }
  for (const { number, running } of all) for (const id of running()?.world_ids ?? []) directory.add(id, number)

  return {
    all,
    /** The thread that has the main world; undefined while it starts again. */
    first: (): Running | undefined => all[0]?.running(),
    announce,
    /** Without those of threads that start again. */
    figures: async (): Promise<readonly Figures[]> => {
      const found = await Promise.all(all.map(({ running }) => running()?.call('figures')))
      return found.filter(figures => figures !== undefined)
    },
    setUrls: (given: PublicUrls) => Promise.all(all.map(({ running }) => running()?.call('setUrls', given))),
    stop,
    close,
  }
}

function optionsOfGroup(options: Options, number: number): Options {
  return { ...options, db: databaseOfGroup(options.db, number) }
}

function counted({ length }: readonly string[]): string {
  return `${length} world${length === 1 ? '' : 's'}`
}
