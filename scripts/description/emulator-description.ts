import { VERSION } from '../../src/config/version.ts'
import { describeApi } from '../../src/emulator/api-description.ts'
import type { OpenApiObject } from '../../src/http/openapi-models.ts'
import { PRODUCTS } from '../../src/resources/products.ts'

/** The OpenAPI document that mockflared serves at /openapi.json. It comes from `schemas/`. */
export async function emulatorDescription(): Promise<OpenApiObject> {
  // As JSON: the models hold more than that.
  return JSON.parse(JSON.stringify(await describeApi(VERSION, PRODUCTS)))
}
