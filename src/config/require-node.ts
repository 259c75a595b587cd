import { versions } from 'node:process'
import { complaintAboutNode } from './node-version.ts'

const complaint = complaintAboutNode(versions.node)
if (complaint) throw new Error(complaint)
