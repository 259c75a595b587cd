/** Import this before anything that crashes an older Node. */
import { versions } from 'node:process'
import { unsupportedNodeMessage } from './node-version.ts'

const message = unsupportedNodeMessage(versions.node)
if (message) throw new Error(message)
