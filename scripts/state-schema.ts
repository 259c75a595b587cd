/** Writes the JSON Schema of seeds, by which editors complete and check them. */
import { writeFileSync } from 'node:fs'
import { State } from '../schemas/state.ts'

const schema = { $schema: 'https://json-schema.org/draft/2020-12/schema', ...State }
writeFileSync(new URL('../fixtures/state.schema.json', import.meta.url), `${JSON.stringify(schema, null, 2)}\n`)
