/** What a page and the shared worker say to each other. */
import type { WorldEvent } from '../../schemas/control/event.ts'
import type { LiveState } from './stream.ts'

export type ToWorker =
  | {
      readonly follow: string
      readonly headers: Readonly<Record<string, string>>
      readonly after: number
      readonly isOfAllWorlds?: boolean
    }
  | { readonly leave: true }

export type FromWorker =
  | { readonly event: WorldEvent }
  | { readonly state: LiveState; readonly message?: string | undefined }
  | { readonly gap: true }
