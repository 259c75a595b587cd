/** Runs an origin, and prints its URL. */
import { stdout } from 'node:process'
import { startOrigin } from './origin.ts'

const { url } = await startOrigin()
stdout.write(`${url}\n`)
