/**
 * Import this before anything that crashes an older Node. The build puts it into a file of its own,
 * so that it still comes first.
 */
import { unsupportedNodeMessage } from './node-version.ts'

const message = unsupportedNodeMessage(process.versions.node)
if (message) throw new Error(message)
