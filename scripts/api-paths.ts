/**
 * Writes fixtures/cloudflare-paths.json: the operations of Cloudflare's API, as the installed SDK
 * calls them. Requests for those that are not emulated get a header that says so.
 */
import { writeFileSync } from 'node:fs'
import { operationsOfSdk, textOf, treeOf } from './description/sdk-paths.ts'

writeFileSync(new URL('../fixtures/cloudflare-paths.json', import.meta.url), textOf(treeOf(operationsOfSdk())))
