/** Creates and deletes worlds: a new one goes to the group with the fewest worlds. */
import { text } from 'node:stream/consumers'
import { isObject } from '../../../schemas/is-object.ts'
import type { Options } from '../../../schemas/options.ts'
import { MAIN_WORLD_ID } from '../../config/paths.ts'
import { createIds } from '../../world/ids.ts'
import { idInFamilyOf } from '../../worlds/families.ts'
import { passOn, passOnWith, readBody, sendError } from './relay.ts'
import { NotServing, type Router, urlOf, type Visit } from './visit.ts'

export interface PlacingOptions extends Pick<Options, 'random_seed' | 'behind_balancer'> {
  readonly max_worlds: number
}

/** Returns undefined for a request that is no business of this file. */
export function createPlacing(
  { groups, directory, ask }: Router,
  { max_worlds, random_seed, behind_balancer }: PlacingOptions,
): (visit: Visit, operation: string) => Promise<void> | undefined {
  const ids = createIds(random_seed, 'worlds')
  /** Worlds that are being created, and not there yet. */
  const reserved = new Set<string>()

  const unusedId = (base: string): string => {
    const drawn = ids.uuid().slice(0, 8)
    const id = behind_balancer ? idInFamilyOf(base, drawn) : drawn
    return directory.find(id) === undefined ? id : unusedId(base)
  }

  const create = async (visit: Visit, given?: string): Promise<void> => {
    const { request, response, world = MAIN_WORLD_ID, group: ownGroup } = visit
    const body = await readBody(request)
    const content = contentOf(body)
    const known = given === undefined ? undefined : directory.find(given)
    // PUT takes more than POST does.
    if (given === undefined && isObject(content) && 'if_exists' in content) {
      return passOn(await ask(visit, ownGroup, { body }), response)
    }
    if (known === undefined && directory.size() >= max_worlds) return refuse(visit, body)

    const id = given ?? unusedId(world)
    // The thread refuses what a balancer would send elsewhere, if the request is what the client sent.
    const isFree = isIndependent(content) && !(behind_balancer && visit.world !== undefined && given !== undefined)
    const group = known ?? (isFree ? directory.leastLoaded() : ownGroup)
    if (known === undefined) {
      directory.add(id, group)
      reserved.add(id)
    }
    const release = (): void => {
      if (reserved.delete(id)) directory.remove(id)
    }
    try {
      const answer = await ask(visit, group, { method: 'PUT', url: urlOf(visit, group, `/worlds/${id}`), body })
      const result = await text(answer)
      if (answer.statusCode !== 200) release()
      else if (reserved.delete(id)) await groups.announce(group, { type: 'world_created', world_id: id })
      passOnWith(result, answer, response)
    } catch (error) {
      release()
      throw error
    }
  }

  /** Says that there is no room, to those who may use the control plane. */
  const refuse = async (visit: Visit, body: Buffer): Promise<void> => {
    const { group, response } = visit
    const access = await ask(visit, group, { method: 'GET', url: urlOf(visit, group, '/clock'), body })
    const content = await text(access)
    if (access.statusCode !== 200) return passOnWith(content, access, response)
    const running = groups.all[group]?.running()
    if (!running) throw new NotServing()
    try {
      await running.call('refuseAtLimit', max_worlds)
    } catch (error) {
      sendError(response, 409, 'refused', error instanceof Error ? error.message : String(error))
    }
  }

  const remove = async (visit: Visit, id: string): Promise<void> => {
    const group = directory.groupOf(id)
    const answer = await ask(visit, group, { url: urlOf(visit, group, `/worlds/${id}`) })
    if (answer.statusCode === 200 && directory.find(id) !== undefined) {
      directory.remove(id)
      await groups.announce(group, { type: 'world_deleted', world_id: id })
    }
    passOn(answer, visit.response)
  }

  return (visit, operation) => {
    if (!visit.is_known) return undefined
    if (operation === 'POST /worlds') return create(visit)
    const [, method, id] = /^(PUT|DELETE) \/worlds\/([\w.-]+)$/.exec(operation) ?? []
    if (id === undefined || id === MAIN_WORLD_ID) return undefined
    return method === 'PUT' ? create(visit, id) : remove(visit, id)
  }
}

/** Whether a world needs nothing of another one. */
function isIndependent(content: unknown): boolean {
  return isObject(content) && ['seed', 'empty', undefined].some(from => from === content.from)
}

/** Undefined for a body that the thread refuses. */
function contentOf(body: Buffer): unknown {
  try {
    return body.length === 0 ? {} : JSON.parse(body.toString())
  } catch {
    return undefined
  }
}
