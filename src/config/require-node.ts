/**
 * Import this before anything that crashes an older Node. The build puts it into a file of its own,
 * so that it still comes first.
 */
import { versions } from 'node:process'
import { unsupportedNodeMessage } from './node-version.ts'

const message = unsupportedNodeMessage(versions.node)
if (message) throw new Error(message)
