import { writeFileSync } from 'node:fs'
import type { Recording } from '../../schemas/recording.ts'
import { redactRecording } from './redact.ts'

/** Whether redaction would change nothing, so that the recording is safe to share. */
export function isRedacted(recording: Recording): boolean {
  return JSON.stringify(redactRecording(recording)) === JSON.stringify(recording)
}

export function writeRedacted(file: string, recording: Recording): void {
  writeFileSync(file, `${JSON.stringify(redactRecording(recording), null, 2)}\n`)
}
