import type { Ask } from './recorder.ts'

/** Deletes what a tour left behind, and nothing else: what a list answers is not trusted to be what was asked for. */
export async function cleanUp(ask: Ask, prefix: string): Promise<void> {
  const left = await leftBy(ask, prefix)
  for (const id of left) {
    await ask({ note: 'clean up', method: 'DELETE', path: `/${id}`, query: { cascade: 'true' } })
  }
  if (left.length > 0 && (await leftBy(ask, prefix)).length > 0) throw new Error('they are not deleted')
}

async function leftBy(ask: Ask, prefix: string): Promise<readonly string[]> {
  const query = { include_prefix: prefix, is_deleted: 'false' }
  const listed = await ask({ note: 'what is left', method: 'GET', path: '', query })
  if (!Array.isArray(listed)) throw new Error('they are not listed')

  return listed.flatMap(({ id, name, deleted_at }) =>
    typeof id === 'string' && String(name).startsWith(prefix) && !deleted_at ? [id] : [],
  )
}
