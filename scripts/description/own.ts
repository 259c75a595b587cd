import { describingApp } from '../../src/api/openapi.ts'
import { isTree, type Tree } from '../../src/openapi-models.ts'
import { VERSION } from '../../src/version.ts'

/** What mockflared serves at /openapi.json, which comes from `schemas/`. */
export const ownDescription = async (): Promise<Tree> => {
  const app = await describingApp(VERSION)
  await app.ready()
  try {
    const document: unknown = (await app.inject({ url: '/openapi.json' })).json()
    return isTree(document) ? document : {}
  } finally {
    await app.close()
  }
}
