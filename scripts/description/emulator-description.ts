import { isObject } from '../../schemas/is-object.ts'
import { VERSION } from '../../src/config/version.ts'
import { describingApp } from '../../src/emulator/api-description.ts'
import type { OpenApiObject } from '../../src/http/openapi-models.ts'
import { PRODUCTS } from '../../src/resources/products.ts'

/** The OpenAPI document that mockflared serves at /openapi.json. It comes from `schemas/`. */
export async function emulatorDescription(): Promise<OpenApiObject> {
  const app = await describingApp(VERSION, PRODUCTS)
  await app.ready()
  try {
    const document: unknown = (await app.inject({ url: '/openapi.json' })).json()
    return isObject(document) ? document : {}
  } finally {
    await app.close()
  }
}
