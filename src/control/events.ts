import { WorldEvent } from '../../schemas/control/event.ts'
import { Type } from '../../schemas/typebox.ts'
import { action } from './action.ts'

const EventsAfter = Type.Object({
  after: Type.Optional(Type.Integer({ minimum: 0, description: 'Only those after the event with this id.' })),
})
export const listEvents = action(
  { method: 'GET', path: '/events', summary: 'List what happened', query: EventsAfter, result: Type.Array(WorldEvent) },
  ({ world }, { after = 0 }) => {
    world.now()
    return [...world.events.after(after)]
  },
)
