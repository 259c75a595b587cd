import { writeFileSync } from 'node:fs'
import type { Recording } from '../../schemas/recording.ts'
import { redactedRecording } from './redact.ts'

/** Whether something is in it that nobody else should see. */
export function isRedacted(recording: Recording): boolean {
  return JSON.stringify(redactedRecording(recording)) === JSON.stringify(recording)
}

export function writeRedacted(file: string, recording: Recording): void {
  writeFileSync(file, `${JSON.stringify(redactedRecording(recording), null, 2)}\n`)
}
