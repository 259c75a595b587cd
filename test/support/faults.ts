import { createEvents } from '../../src/world/events.ts'
import { announceFaults } from '../../src/world/faults/announcements.ts'
import { createScheduler } from '../../src/world/scheduler.ts'

/** Announcements of faults that nobody hears. */
export const unheard = announceFaults(createEvents(), createScheduler())
