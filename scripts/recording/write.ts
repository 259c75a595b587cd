import { writeFileSync } from 'node:fs'
import type { Recording } from '../../schemas/recording.ts'
import { redactedRecording } from './redact.ts'

/** Whether something is in it that nobody else should see. */
export const isRedacted = (recording: Recording): boolean =>
  JSON.stringify(redactedRecording(recording)) === JSON.stringify(recording)

export const writeRedacted = (file: string, recording: Recording): void =>
  writeFileSync(file, `${JSON.stringify(redactedRecording(recording), null, 2)}\n`)
