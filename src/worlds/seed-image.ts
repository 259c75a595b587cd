import type { WorldRecords } from '../../schemas/records.ts'
import { plusMillis } from '../../schemas/time.ts'
import type { Timestamp } from '../../schemas/timestamp.ts'
import { openImage, openStore, type Store } from '../store/store.ts'
import type { Ground, Start } from './start.ts'
import { type NamedState, worldRecordsOf } from './state.ts'

/** What worlds grow on: the store that one starts with. A store in memory is left for another one; to empty it would cost more. */
export function createGrounds(seeds: readonly NamedState[]) {
  const copyOfSeeds = createSeedCopier(seeds)

  return ({ states }: Start, now: Timestamp, current?: Store): Ground => {
    if (current && !current.isInMemory) return { store: current, isPlanted: false }

    const planted = states === seeds ? copyOfSeeds(now) : undefined
    return { store: planted ?? openStore(':memory:'), isPlanted: planted !== undefined }
  }
}

/**
 * Seeds that say all of themselves, ids, secrets and dates, are the same at any time: they are planted once, and whoever starts from
 * them gets a copy of that. Whether they are still what was planted is looked up each time, since a seed may change under a server.
 */
function createSeedCopier(seeds: readonly NamedState[]) {
  let planted: { readonly text: string; readonly at: Timestamp; readonly image: Buffer | undefined } | undefined

  /** A store in memory that holds the seeds; undefined when time or chance has a part in them. Throws like a broken seed. */
  return (now: Timestamp): Store | undefined => {
    const text = JSON.stringify(seeds)
    if (planted?.text !== text || planted.at > now) planted = { text, at: now, image: imageOf(seeds, now) }
    return planted.image && openImage(planted.image)
  }
}

function imageOf(seeds: readonly NamedState[], now: Timestamp): Buffer | undefined {
  const records = timelessRecordsOf(seeds, now)
  if (!records) return undefined

  const store = openStore(':memory:')
  store.transaction(() => store.write(records))
  const image = store.image()
  store.close()
  return image
}

class Drawn extends Error {}

function draw(): never {
  throw new Drawn('chance has a part in it')
}

const A_DAY_MS = 86_400_000

/** What is the same a day later, and draws nothing, is the same at any time after. */
function timelessRecordsOf(seeds: readonly NamedState[], now: Timestamp): WorldRecords | undefined {
  const recordsAt = (time: Timestamp): WorldRecords => worldRecordsOf(seeds, { uuid: draw, secret: draw, now: time })
  try {
    const records = recordsAt(now)
    return JSON.stringify(records) === JSON.stringify(recordsAt(plusMillis(now, A_DAY_MS))) ? records : undefined
  } catch (error) {
    if (error instanceof Drawn) return undefined
    throw error
  }
}
