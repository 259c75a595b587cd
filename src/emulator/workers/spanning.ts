/** Operations about all worlds: each group answers for its own, and this makes one answer of it. */
import { once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import type { Report } from '../../../schemas/control/evidence.ts'
import type { Info } from '../../../schemas/control/info.ts'
import type { WorldSummary } from '../../../schemas/control/world.ts'
import { MAIN_WORLD_ID, METRICS_PATH, WORLDS_HEADER } from '../../config/paths.ts'
import { mergeReports } from '../../evidence/report.ts'
import type { Group } from './group.ts'
import { isEventStream, passOn, passOnHead, passOnWith, readBody } from './relay.ts'
import { type Router, urlOf, type Visit } from './visit.ts'

/** The number of a group, and what its thread answered or what that contains. */
type Part<Content> = readonly [number, Content]
type Answer = Part<IncomingMessage>

/** Returns undefined for a request that is no business of this file. */
export function createSpanning({ groups, directory, ask }: Router) {
  /** The group with the world of the request first: it decides who may ask, and in which form. */
  const askAll = async (visit: Visit, operation: string): Promise<readonly [Answer, ...Answer[]]> => {
    const body = await readBody(visit.request)
    const askOther = async ({ number }: Group): Promise<Answer> => [
      number,
      await ask(visit, number, { url: urlOf(visit, number, operation), body }),
    ]
    const others = groups.all.filter(({ number }) => number !== visit.group)
    const own = await ask(visit, visit.group, { body })
    if (own.statusCode !== 200) return [[visit.group, own]]
    try {
      return [[visit.group, own], ...(await Promise.all(others.map(askOther)))]
    } catch (error) {
      own.destroy()
      throw error
    }
  }

  /** Merges JSON, or passes the first answer on that is none. */
  const merge = async <Content>(
    visit: Visit,
    operation: string,
    mergeParts: (parts: readonly Part<Content>[]) => unknown,
    headersOf: (own: IncomingMessage) => Readonly<Record<string, string>> = () => ({}),
  ): Promise<void> => {
    const answers = await askAll(visit, operation)
    const [, refusal] = answers.find(([, { statusCode }]) => statusCode !== 200) ?? []
    if (refusal) return passOn(refusal, visit.response)
    const parts = await Promise.all(
      answers.map(async ([group, answer]): Promise<Part<Content>> => [group, JSON.parse(await text(answer))]),
    )
    const [, own] = answers[0]
    passOnWith(JSON.stringify(mergeParts(parts)), own, visit.response, headersOf(own))
  }

  const follow = async (visit: Visit, operation: string): Promise<void> => {
    const answers = await askAll(visit, operation)
    const [[, own]] = answers
    if (!isEventStream(own)) return passOn(own, visit.response)
    passOnHead(own, visit.response)
    // The client connects again, also to a group whose thread ended.
    await Promise.race(answers.map(([group, stream]) => copyChanges(group, stream, visit.response)))
    for (const [, stream] of answers) stream.destroy()
    visit.response.end()
  }

  /** Of all threads, like the count in the info. */
  const fullness = ({ headers }: IncomingMessage): Record<string, string> => {
    const [, limit = ''] = String(headers[WORLDS_HEADER]).split('/')
    return { [WORLDS_HEADER]: `${directory.size()}/${limit}` }
  }

  const info = async (visit: Visit): Promise<void> => {
    const own = await ask(visit, visit.group)
    if (own.statusCode !== 200) return passOn(own, visit.response)
    const content: Info = JSON.parse(await text(own))
    passOnWith(JSON.stringify({ ...content, worlds: directory.size() }), own, visit.response)
  }

  const reportOfOne = async (visit: Visit, world: string, operation: string): Promise<void> => {
    const group = directory.groupOf(world)
    passOn(await ask(visit, group, { url: urlOf(visit, group, operation) }), visit.response)
  }

  /** The first answer is of those who may not have the figures, or what its thread alone would say. */
  const metrics = async (visit: Visit): Promise<void> => {
    const own = await ask(visit, visit.group)
    if (own.statusCode !== 200) return passOn(own, visit.response)
    own.resume()
    const { expositionOf } = await import('../../metrics/exposition.ts')
    passOnWith(await expositionOf(await groups.figures()), own, visit.response)
  }

  return (visit: Visit, operation: string): Promise<void> | undefined => {
    if (operation === `GET ${METRICS_PATH}`) return metrics(visit)
    if (!visit.is_known) return undefined
    const query = new URL(visit.url, 'http://localhost').search
    const world = new URLSearchParams(query).get('world_id')
    if (operation === 'GET /') return info(visit)
    if (operation === 'GET /worlds') return merge(visit, `/worlds${query}`, mergeWorlds, fullness)
    if (operation === 'GET /report' && world !== null) return reportOfOne(visit, world, `/report${query}`)
    if (operation === 'GET /report')
      return merge<Report>(visit, `/report${query}`, parts => mergeReports(parts.map(([, part]) => part)))
    if (operation === 'DELETE /report') return merge(visit, '/report', mergeCounts)
    return operation === 'GET /events' && query.includes('worlds=all') ? follow(visit, `/events${query}`) : undefined
  }
}

/** The main world is that of the first group; the threads of the others have one that nobody sees. */
function mergeWorlds(parts: readonly Part<readonly WorldSummary[]>[]): readonly WorldSummary[] {
  const worlds = parts.flatMap(([group, list]) => list.filter(({ id }) => group === 0 || id !== MAIN_WORLD_ID))
  // While the clock of the world that was asked is frozen, its summaries have no real times.
  const hasTimes = (parts[0]?.[1] ?? []).every(({ created_at }) => created_at !== null)
  const shown = hasTimes ? worlds : worlds.map(world => ({ ...world, ...NO_TIMES }))
  return shown.toSorted((a, b) => rank(a) - rank(b) || (a.created_at ?? '').localeCompare(b.created_at ?? ''))
}

const NO_TIMES = { created_at: null, last_used_at: null, dropped_at: null }

function rank({ id }: WorldSummary): number {
  return id === MAIN_WORLD_ID ? 0 : 1
}

function mergeCounts(parts: readonly Part<{ readonly cleared: number }>[]): { readonly cleared: number } {
  return { cleared: parts.reduce((sum, [, { cleared }]) => sum + cleared, 0) }
}

/** Copies what changed in the worlds of a group, until its stream or the client ends. */
async function copyChanges(group: number, from: IncomingMessage, to: ServerResponse): Promise<void> {
  let rest = ''
  for await (const chunk of from.setEncoding('utf8')) {
    const messages = `${rest}${chunk}`.split('\n\n')
    rest = messages.pop() ?? ''
    for (const message of messages) {
      const seen = group === 0 ? message : withoutMain(message)
      if (seen !== '' && !to.write(`${seen}\n\n`)) await Promise.race([once(to, 'drain'), once(to, 'close')])
    }
  }
}

/** Empty for a message that is only about a main world which nobody sees. */
function withoutMain(message: string): string {
  const [, head, data] = /^(event: worlds_changed\ndata: )(.+)$/.exec(message) ?? []
  if (head === undefined || data === undefined) return message
  const world_ids = JSON.parse(data).world_ids.filter((id: unknown) => id !== MAIN_WORLD_ID)
  return world_ids.length === 0 ? '' : `${head}${JSON.stringify({ world_ids })}`
}
